"""What a sentence wants: learned from labelled sentences in under a second, and honest about not knowing."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from samspill.intelligence.classify import Classifier
from samspill.intelligence.encoder import Vectors

Zone = Literal["act", "ask", "hand_over"]


@dataclass(frozen=True)
class Reading:
    """Labels with their probability, best first; `known` is the chance that it is any of them, 0 to 1."""

    ranked: list[tuple[str, float]]
    known: float
    zone: Zone

    @property
    def label(self) -> str:
        """The likeliest label."""
        return self.ranked[0][0]

    @property
    def confidence(self) -> float:
        """The chance that the likeliest label is right."""
        return self.ranked[0][1]


@dataclass(frozen=True)
class IntentModel:
    """Plain numbers, never pickled code."""

    classifier: Classifier

    @classmethod
    def train(
        cls, texts: Sequence[str], labels: Sequence[str], languages: Sequence[str], vectors: Vectors
    ) -> "IntentModel":
        """Learn from n texts with their query vectors, float32 [n, 384], of at least two labels."""
        return cls(Classifier.train(vectors, labels, languages))

    @property
    def labels(self) -> tuple[str, ...]:
        """All it knows."""
        return self.classifier.labels

    def read(self, texts: Sequence[str], languages: Sequence[str], vectors: Vectors) -> list[Reading]:
        """One reading a text."""
        shares = self.classifier.probabilities(vectors, languages)
        return [_reading(self.labels, row) for row in shares]

    def to_bytes(self) -> bytes:
        """What `from_bytes` reads."""
        file = io.BytesIO()
        self.classifier.write(file)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "IntentModel":
        """Raises ValueError on anything that `to_bytes` did not write."""
        try:
            return cls(Classifier.read(io.BytesIO(data)))
        except (OSError, KeyError, EOFError) as error:
            raise ValueError(f"not an intent model: {error}") from error


def _reading(labels: Sequence[str], shares: np.ndarray) -> Reading:
    order = np.argsort(-shares)[:5]
    ranked = [(labels[place], float(shares[place])) for place in order]
    best = ranked[0][1]
    zone: Zone = "act" if best >= 0.45 else "ask" if best >= 0.28 else "hand_over"
    return Reading(ranked, best, zone)
