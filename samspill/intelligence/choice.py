"""Which encoder an installation uses: the one that ships, the publisher's own files, or an endpoint."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from samspill.intelligence.errors import ModelUnavailable

if TYPE_CHECKING:  # every process reads the settings, one loads the model
    from samspill.intelligence.encoder import Encoder


@dataclass(frozen=True)
class EncoderChoice:
    """What was set; all empty means the encoder that ships."""

    url: str = ""
    model: str = ""
    key: str = ""
    shorten: bool = False  # have the endpoint cut its vectors to our length, where its model can
    graph: str = ""
    graph_sha256: str = ""
    tokens: str = ""
    tokens_sha256: str = ""

    @property
    def name(self) -> str:
        """At most 80 signs that stand beside each vector; another encoder has another name."""
        if self.url:
            place = hashlib.sha256(f"{self.url.rstrip('/')} {self.shorten}".encode()).hexdigest()
            return f"remote-{place[:8]}-{self.model[:60]}"
        if self.graph:
            return f"onnx-{self.graph_sha256[:12]}-{self.tokens_sha256[:12]}".lower()
        from samspill.intelligence.weights import RECIPE

        return RECIPE

    @property
    def shipped(self) -> bool:
        """Whether the numbers that ship were fitted to this encoder."""
        return not (self.url or self.graph)

    def check(self) -> None:
        """Raise ModelUnavailable for settings that contradict each other or leave something out."""
        files = (self.graph, self.graph_sha256, self.tokens, self.tokens_sha256)
        if self.url and any(files):
            raise ModelUnavailable("Set either SAMSPILL_ENCODER_URL or SAMSPILL_ENCODER_GRAPH, not both.")
        if bool(self.url) != bool(self.model):
            raise ModelUnavailable("SAMSPILL_ENCODER_URL and SAMSPILL_ENCODER_MODEL belong together.")
        if any(files) and not all(files):
            raise ModelUnavailable(
                "SAMSPILL_ENCODER_GRAPH and SAMSPILL_ENCODER_TOKENS belong together, each with its _SHA256."
            )

    def open(self, folder: Path) -> "Encoder":
        """The encoder itself, its files checked; the shipped one is kept under `folder`.

        Raises ModelUnavailable with what to do.
        """
        self.check()
        if self.url:
            from samspill.intelligence.remote_encoder import RemoteEncoder

            return RemoteEncoder(self.url, self.model, self.key, shorten=self.shorten)
        if self.graph:
            return self._published()
        from samspill.intelligence.local_encoder import local_encoder

        return local_encoder(folder)

    def _published(self) -> "Encoder":
        from samspill.intelligence.local_encoder import published_encoder

        sums = (self.graph_sha256.lower(), self.tokens_sha256.lower())
        try:
            encoder = published_encoder(Path(self.graph), Path(self.tokens), sums)
            encoder.embed(["Hei"], "query")
        except ModelUnavailable:
            raise
        except OSError as error:
            raise ModelUnavailable(f"{error.filename or self.tokens} cannot be read.") from error
        except Exception as error:  # the libraries raise classes of their own
            raise ModelUnavailable(
                f"{self.graph} with {self.tokens} is no encoder of 384 dimensions ({type(error).__name__})."
            ) from error
        return encoder

    def home(self, folder: Path) -> Path:
        """Where what is learned over this encoder is kept: never in one place with that of another."""
        return (
            folder if self.shipped else folder / "over" / hashlib.sha256(self.name.encode()).hexdigest()[:16]
        )


DEFAULT = EncoderChoice()
