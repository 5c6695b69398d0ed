"""The encoder of any OpenAI-compatible embeddings endpoint."""

from collections.abc import Sequence
from typing import Any

import httpx
import numpy as np

from samspill.intelligence.clean import clean
from samspill.intelligence.encoder import DIMENSIONS, Kind, Vectors, nothing, unit
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.pii import redact

PORTION = 64


class RemoteEncoder:
    """Encoder over `{url}/embeddings`; the model there must give 384 dimensions, or `shorten` to them.

    Models of the E5 family want to be told which text asks and which answers; only they are.
    """

    def __init__(
        self, url: str, model: str, key: str = "", timeout: float = 10.0, shorten: bool = False
    ) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._given: dict[str, Any] = {"model": model} | ({"dimensions": DIMENSIONS} if shorten else {})
        self._tells_kind = "e5" in model.lower()
        self._http = httpx.Client(base_url=url.rstrip("/") + "/", headers=headers, timeout=timeout)

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """float32 [n, 384] of length 1; raises ModelUnavailable on any failure of the endpoint."""
        # personal data does not leave the house, and an endpoint may refuse an empty text
        cleaned = [clean(redact(text)[0]) or "-" for text in texts]
        given = [f"{kind}: {text}" for text in cleaned] if self._tells_kind else cleaned
        parts = [self._ask(given[at : at + PORTION]) for at in range(0, len(given), PORTION)]
        return np.concatenate(parts) if parts else nothing()

    def _ask(self, texts: list[str]) -> Vectors:
        try:
            reply = self._http.post("embeddings", json=self._given | {"input": texts})
            rows = sorted(reply.raise_for_status().json()["data"], key=lambda row: row["index"])
            vectors = np.array([row["embedding"] for row in rows], np.float32)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
            raise ModelUnavailable(f"The embeddings endpoint failed: {_told(error)}") from error
        if vectors.shape != (len(texts), DIMENSIONS) or not np.isfinite(vectors).all():
            raise ModelUnavailable(
                f"The embeddings endpoint gave {'×'.join(map(str, vectors.shape))} numbers for {len(texts)} texts;"
                f" each text needs {DIMENSIONS}. Choose another model, or one that can shorten its vectors."
            )
        return unit(vectors)


def _told(error: Exception) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"it answered {error.response.status_code}."
    return f"{type(error).__name__}."  # its words may quote what was sent
