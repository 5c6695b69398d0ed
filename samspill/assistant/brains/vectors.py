"""Vectors of texts seen before, kept on disk, so that learning anew takes less than a second."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samspill.intelligence.encoder import Encoder

Vectors = NDArray[np.float32]


@dataclass
class VectorCache:
    """An encoder that remembers, in one file under `folder`."""

    encoder: Encoder
    folder: Path
    name: str = ""  # the encoder's: vectors of two are never mixed

    def embed(self, texts: Sequence[str]) -> Vectors:
        """float32 [n, d]; only texts never seen reach the model. Raises ModelUnavailable."""
        known = self._load()
        fresh = [text for text in dict.fromkeys(texts) if _key(text) not in known]
        if fresh:
            known |= {
                _key(text): row for text, row in zip(fresh, self.encoder.embed(fresh, "query"), strict=True)
            }
            self._save(known)
        return np.stack([known[_key(text)] for text in texts])

    @property
    def _file(self) -> Path:
        known = hashlib.sha256(self.name.encode()).hexdigest()[:16] if self.name else ""
        return self.folder / f"intent-vectors{known and '-'}{known}.npz"

    def _load(self) -> dict[str, Vectors]:
        try:
            with np.load(self._file, allow_pickle=False) as kept:
                return dict(zip(kept["keys"].tolist(), kept["vectors"].astype(np.float32), strict=True))
        except (OSError, ValueError, KeyError, EOFError):
            # A missing or cut file costs one pass of the model, nothing more.
            return {}

    def _save(self, known: dict[str, Vectors]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(dir=self.folder, suffix=".npz")
        with os.fdopen(handle, "wb") as file:
            np.savez(
                file, keys=np.array(list(known)), vectors=np.stack(list(known.values())).astype(np.float16)
            )
        os.replace(path, self._file)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]
