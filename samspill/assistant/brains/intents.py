"""What a message wants: the trained model, or the keywords when the encoder is down."""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from samspill.assistant.brains.examples import Example
from samspill.assistant.brains.keywords import Keywords
from samspill.assistant.brains.vectors import VectorCache
from samspill.intelligence.encoder import Encoder
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.intents import IntentModel, Zone

log = logging.getLogger(__name__)
LEAVE = 0.88  # from here on even an open question is left for what was said,
FAMILIAR = (
    0.9  # if it is surely something known: a short answer to another question is often like nothing at all
)
NEXT = 0.55  # the share of the rest from which on what comes after a senseless label is acted on
# Likenesses, not chances; five-fold on the shipped examples 77 of 100 are right where they act.
WORDS_LEAVE, WORDS_ACT, WORDS_ASK = 0.60, 0.40, 0.30
NEAR = 0.15  # a label less likely than this is not asked about


@dataclass(frozen=True)
class Lead:
    """Where an intent of the company leads: to an answer, a flow or a person."""

    to: str
    flow: str = ""


@dataclass(frozen=True)
class Guess:
    """Labels with their probability, best first, and what to do about the best: act, ask or hand over."""

    ranked: list[tuple[str, float]]
    zone: Zone
    leave: float = LEAVE
    known: float = 1.0

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
        return self.zone == "act"

    @property
    def clear(self) -> bool:
        """Whether to leave an open question for it."""
        return self.sure and self.score >= self.leave and self.known >= FAMILIAR

    def without(self, labels: Collection[str]) -> "Guess":
        """The same guess where these labels make no sense; what comes after them is only asked about."""
        kept = [(label, score) for label, score in self.ranked if label not in labels]
        if len(kept) == len(self.ranked):
            return self
        whole = sum(score for _, score in kept) if self.leave == LEAVE else 1.0
        shares = [(label, score / (whole or 1.0)) for label, score in kept] or [("", 0.0)]
        beaten = self.label in labels and shares[0][1] < min(self.leave, NEXT) and self.zone == "act"
        return Guess(shares, "ask" if beaten else self.zone, self.leave, self.known)

    def near(self) -> list[str]:
        """The labels worth asking about; none where nothing is known."""
        if self.zone == "hand_over":
            return []
        return [label for label, score in self.ranked[:3] if score >= NEAR]


@dataclass(frozen=True)
class Intents:
    """Knows what the company's customers want; `leads` says what to do about its own intents."""

    keywords: Keywords
    model: IntentModel | None = None
    encoder: Encoder | None = None
    leads: Mapping[str, Lead] = field(default_factory=dict)

    @classmethod
    def train(cls, examples: Iterable[Example], cache: VectorCache | None = None) -> "Intents":
        """Learns from examples; without a working encoder it knows the keywords only."""
        known = list(examples)
        return cls(Keywords(known), _model(known, cache) if cache else None, cache.encoder if cache else None)

    def guess(self, text: str, language: str, vector: NDArray[np.float32] | None = None) -> Guess:
        """What the message most likely wants."""
        found = self._vector(text) if vector is None else vector
        return self.guesses([text], language, None if found is None else found[None, :])[0]

    def guesses(
        self, texts: Sequence[str], language: str, vectors: NDArray[np.float32] | None
    ) -> list[Guess]:
        """What each of several sentences most likely wants; without their vectors the keywords tell."""
        if self.model is None or vectors is None:
            return [_by_words(self.keywords.scores(text)) for text in texts]
        if not texts:
            return []
        readings = self.model.read(texts, [language] * len(texts), vectors)
        return [Guess(one.ranked, one.zone, known=one.known) for one in readings]

    def _vector(self, text: str) -> NDArray[np.float32] | None:
        if self.encoder is None or self.model is None:
            return None
        try:
            vector: NDArray[np.float32] = self.encoder.embed([text], "query")[0]
        except ModelUnavailable:
            log.warning("text model unavailable, using keywords")
            return None
        return vector


def _model(examples: list[Example], cache: VectorCache) -> IntentModel | None:
    try:
        vectors = cache.embed([example.text for example in examples])
    except ModelUnavailable:
        log.warning("text model unavailable, learning keywords only")
        return None
    texts, labels = [example.text for example in examples], [example.label for example in examples]
    return IntentModel.train(texts, labels, [example.language for example in examples], vectors)


def _by_words(scores: dict[str, float]) -> Guess:
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])) or [("", 0.0)]
    best = ranked[0][1]
    zone: Zone = "act" if best >= WORDS_ACT else "ask" if best >= WORDS_ASK else "hand_over"
    near = [pair for pair in ranked if pair[1] >= WORDS_ASK] or ranked[:1]
    return Guess(near, zone, WORDS_LEAVE)
