"""A text model that understands a few needs in four languages at once, and no more."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from samspill.intelligence.client import EncoderClient
from samspill.intelligence.encoder import DIMENSIONS, Vectors, unit
from samspill.intelligence.errors import ModelUnavailable
from tests.knowledge.conftest import write

__all__ = ["no_reader", "reader", "write"]

NEEDS = {
    "address": ("adresse", "address", "anschrift", "地址"),
    "invoice": ("faktura", "invoice", "rechnung", "發票"),
    "cleaning": ("vask", "clean", "reinig", "清潔"),
    "package": ("pakke", "package", "paket", "包裹"),
}


@dataclass(frozen=True)
class Reading:
    """What a model says, with the zone as the test wants it."""

    ranked: list[tuple[str, float]]
    known: float
    zone: str

    @property
    def label(self) -> str:
        return self.ranked[0][0]

    @property
    def confidence(self) -> float:
        return self.ranked[0][1]


def place(text: str) -> Vectors:
    """Near all sentences of the same need, a little off by the text itself."""
    noise = np.random.default_rng(zlib.crc32(text.encode())).normal(0, 0.02, DIMENSIONS)
    for axis, words in enumerate(NEEDS.values()):
        noise[axis] += any(word in text.casefold() for word in words)
    if not noise[: len(NEEDS)].max() > 0.5:
        noise[100 + zlib.crc32(text.encode()) % 200] += 1
    vector: Vectors = unit(noise.astype(np.float32))
    return vector


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> Iterator[list[str]]:  # type: ignore[no-untyped-def]
    """The text model; the list holds every text it was asked about."""
    from samspill.assistant import mind
    from samspill.training import clusters

    asked: list[str] = []

    def embed(self: EncoderClient, texts: Sequence[str], kind: str) -> Vectors:
        asked.extend(texts)
        return np.stack([place(text) for text in texts])

    settings.MODELS_FOLDER = tmp_path
    monkeypatch.setattr(EncoderClient, "embed", embed)
    monkeypatch.setattr(clusters, "learned", lambda: SimpleNamespace(middles={}))  # those of the real model
    monkeypatch.setattr(mind, "_current", None)
    monkeypatch.setattr(mind, "LOOK_S", 1e9)
    yield asked
    mind._current = None


@pytest.fixture
def no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text model is away."""

    def away(*_: object) -> Vectors:
        raise ModelUnavailable("away")

    monkeypatch.setattr(EncoderClient, "embed", away)
