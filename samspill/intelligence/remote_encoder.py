"""The encoder of any OpenAI-compatible embeddings endpoint."""

from collections.abc import Sequence

import httpx
import numpy as np

from samspill.intelligence.clean import clean
from samspill.intelligence.encoder import Kind, Vectors, nothing, unit
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.pii import redact

PORTION = 64


class RemoteEncoder:
    """Encoder over `{url}/embeddings`; the model there must give 384 dimensions."""

    def __init__(self, url: str, model: str, key: str = "", timeout: float = 10.0) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._model = model
        self._http = httpx.Client(base_url=url.rstrip("/") + "/", headers=headers, timeout=timeout)

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """float32 [n, 384] of length 1; raises ModelUnavailable on any failure of the endpoint."""
        prefixed = [f"{kind}: {clean(redact(text)[0])}" for text in texts]  # they leave the house
        parts = [self._ask(prefixed[at : at + PORTION]) for at in range(0, len(prefixed), PORTION)]
        return np.concatenate(parts) if parts else nothing()

    def _ask(self, texts: list[str]) -> Vectors:
        try:
            reply = self._http.post("embeddings", json={"model": self._model, "input": texts})
            rows = sorted(reply.raise_for_status().json()["data"], key=lambda row: row["index"])
            vectors = np.array([row["embedding"] for row in rows], np.float32)
            return unit(vectors.reshape(len(texts), nothing().shape[1]))
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise ModelUnavailable(f"The embeddings endpoint failed: {error}") from error
