"""The port every text encoder stands behind."""

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 384

Kind = Literal["query", "passage"]
Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into points whose cosine says how near they are in meaning."""

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """float32 [n, 384], each row of length 1; raises ModelUnavailable, never on odd text."""
        ...


def nothing() -> Vectors:
    """float32 [0, 384]: the answer to no texts at all."""
    return np.zeros((0, DIMENSIONS), np.float32)


def unit(vectors: Vectors) -> Vectors:
    """The same directions with length 1; a zero row stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
