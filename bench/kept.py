"""Embeddings kept on disk between runs: a corpus takes minutes to embed and never changes."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from samspill.intelligence.encoder import Encoder, Kind, Vectors, nothing


class KeptEncoder:
    """An Encoder that asks another one only for texts it has not met."""

    def __init__(self, encoder: Encoder, path: Path | None) -> None:
        self._encoder, self._path = encoder, path
        self._known: dict[str, Vectors] = {}
        if path and path.exists():
            with np.load(path) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """float32 [n, 384]."""
        keys = [key(text, kind) for text in texts]
        missing = {name: text for name, text in zip(keys, texts, strict=True) if name not in self._known}
        if missing:
            found = self._encoder.embed(list(missing.values()), kind).astype(np.float16)
            self._known.update(zip(missing, found, strict=True))
            self._keep()
        rows = [self._known[name] for name in keys]
        return np.array(rows, np.float32) if rows else nothing()

    def _keep(self) -> None:
        if self._path:
            scratch = self._path.with_suffix(".part.npz")
            np.savez(scratch, keys=np.array(list(self._known)), vectors=np.array(list(self._known.values())))
            os.replace(scratch, self._path)


def key(text: str, kind: Kind) -> str:
    """The name a text is kept under."""
    return hashlib.sha256(f"{kind}: {text}".encode("utf8", "replace")).hexdigest()[:32]
