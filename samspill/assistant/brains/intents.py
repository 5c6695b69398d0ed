"""What a message wants: the trained classifier, or the keywords when the encoder is down."""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samspill.assistant.brains.examples import Example
from samspill.assistant.brains.keywords import Keywords
from samspill.assistant.brains.vectors import VectorCache
from samspill.intelligence.classify import Classifier
from samspill.intelligence.encoder import Encoder
from samspill.intelligence.errors import ModelUnavailable

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Thresholds:
    """From `leave` on we even leave an open question, from `act` on we act, from `clarify` on we ask."""

    leave: float
    act: float
    clarify: float


# Five-fold on the shipped examples: 95 of 100 right where it acts; the keywords are right in 77 of 100.
MODEL = Thresholds(leave=0.55, act=0.45, clarify=0.28)
WORDS = Thresholds(leave=0.60, act=0.40, clarify=0.30)


@dataclass(frozen=True)
class Guess:
    """Labels with their probability, best first, and from when on to trust them."""

    ranked: list[tuple[str, float]]
    thresholds: Thresholds

    @property
    def label(self) -> str:
        """The best label."""
        return self.ranked[0][0]

    @property
    def score(self) -> float:
        """How sure we are of it."""
        return self.ranked[0][1]

    @property
    def sure(self) -> bool:
        """Whether to act on it."""
        return self.score >= self.thresholds.act

    @property
    def clear(self) -> bool:
        """Whether to leave an open question for it."""
        return self.score >= self.thresholds.leave

    def without(self, labels: Collection[str]) -> "Guess":
        """The same guess where these labels make no sense."""
        kept = [(label, score) for label, score in self.ranked if label not in labels]
        whole = sum(score for _, score in kept) if self.thresholds is MODEL else 1.0
        return Guess(
            [(label, score / (whole or 1.0)) for label, score in kept] or [("", 0.0)], self.thresholds
        )

    def near(self) -> list[str]:
        """The labels worth asking about."""
        return [label for label, score in self.ranked[:3] if score >= self.thresholds.clarify]


@dataclass(frozen=True)
class Intents:
    """Knows the company's intents; trained in well under a second once its examples are embedded."""

    keywords: Keywords
    classifier: Classifier | None = None
    encoder: Encoder | None = None

    @classmethod
    def train(cls, examples: Iterable[Example], cache: VectorCache | None = None) -> "Intents":
        """Learns from examples; without a working encoder it knows the keywords only."""
        known = list(examples)
        return cls(
            Keywords(known), _classifier(known, cache) if cache else None, cache.encoder if cache else None
        )

    def guess(self, text: str, language: str, vector: NDArray[np.float32] | None = None) -> Guess:
        """What the message most likely wants."""
        found = self._vector(text) if vector is None else vector
        if self.classifier is None or found is None:
            return Guess(_ranked(self.keywords.scores(text)), WORDS)
        shares = self.classifier.probabilities(found[None, :], [language])[0]
        return Guess(_ranked(dict(zip(self.classifier.labels, map(float, shares), strict=True))), MODEL)

    def _vector(self, text: str) -> NDArray[np.float32] | None:
        if self.encoder is None or self.classifier is None:
            return None
        try:
            vector: NDArray[np.float32] = self.encoder.embed([text], "query")[0]
        except ModelUnavailable:
            log.warning("text model unavailable, using keywords")
            return None
        return vector


def _classifier(examples: list[Example], cache: VectorCache) -> Classifier | None:
    try:
        vectors = cache.embed([example.text for example in examples])
    except ModelUnavailable:
        log.warning("text model unavailable, learning keywords only")
        return None
    labels = [example.label for example in examples]
    return Classifier.train(vectors, labels, [example.language for example in examples])


def _ranked(scores: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])) or [("", 0.0)]
