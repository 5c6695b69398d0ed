"""What a sentence wants: learned from labelled sentences in under a second, and honest about not knowing.

Three views are added: the meaning (logistic regression over vectors), the very words (naive Bayes) and the nearest
examples. A quarter of the examples is held out of a first fit and says how much the nearest examples count, how far
the probabilities can be trusted and what a sentence it should know looks like.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from zipfile import BadZipFile

import numpy as np

from samspill.intelligence.classify import Classifier
from samspill.intelligence.encoder import Vectors
from samspill.intelligence.knowing import Knowing, Seen
from samspill.intelligence.lexical import Bags, Lexical
from samspill.intelligence.neighbours import Neighbours
from samspill.intelligence.scores import Floats, shares, together

Zone = Literal["act", "ask", "hand_over"]

STRENGTH, BALANCE = 40.0, 0.5
WORDS = 0.5  # weight of the words beside the meaning
ACT, ASK = 0.5, 0.25  # from these probabilities on, if it is something known at all
KNOWN = 0.5
HELD_OUT = 4  # every fourth example of a label
ENOUGH = 40  # fewer held-out sentences say too little
NEAR = 5  # labels that are told


@dataclass(frozen=True)
class Reading:
    """Labels with their probability, best first; `known` is the chance that it is any of them, 0 to 1."""

    ranked: list[tuple[str, float]]
    known: float

    @property
    def label(self) -> str:
        """The likeliest label."""
        return self.ranked[0][0]

    @property
    def confidence(self) -> float:
        """The chance that the likeliest label is right."""
        return self.ranked[0][1]

    @property
    def zone(self) -> Zone:
        """Whether to act on it, to ask back, or to leave it to a person."""
        if self.known < KNOWN:
            return "hand_over"
        return "act" if self.confidence >= ACT else "ask" if self.confidence >= ASK else "hand_over"


@dataclass(frozen=True)
class _Taught:
    bags: Bags
    labels: list[str]
    languages: list[str]
    vectors: Vectors

    def only(self, rows: Floats) -> "_Taught":
        labels, languages = ([column[row] for row in rows] for column in (self.labels, self.languages))
        return _Taught(self.bags.only(rows), labels, languages, self.vectors[rows])


@dataclass(frozen=True)
class IntentModel:
    """Plain numbers, never pickled code."""

    meaning: Classifier
    words: Lexical
    neighbours: Neighbours
    knowing: Knowing

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        languages: Sequence[str],
        vectors: Vectors,
        strength: float = STRENGTH,
        after: "IntentModel | None" = None,
    ) -> "IntentModel":
        """Learn from n texts with their query vectors, float32 [n, 384], of at least two labels.

        A lower `strength` suits few labels with many and noisy examples. `after` learned from nearly the same
        examples: it is where the search begins, and its calibration is kept while few came or went.
        """
        taught = _Taught(Bags.of(texts, languages), list(labels), list(languages), vectors)
        if after and after.labels == tuple(sorted(set(labels))) and after.knowing.holds_for(len(labels)):
            return replace(cls._fit(taught, strength, after.meaning), knowing=after.knowing)
        held = _held_out(labels)
        if held.sum() < ENOUGH:
            return cls._fit(taught, strength)
        first, aside = (
            cls._fit(taught.only(np.flatnonzero(~held)), strength),
            taught.only(np.flatnonzero(held)),
        )
        seen = first._look(aside.bags, aside.languages, aside.vectors)
        knowing = Knowing.fit(seen, np.searchsorted(first.labels, aside.labels), len(labels))
        return replace(cls._fit(taught, strength, first.meaning), knowing=knowing)

    @classmethod
    def _fit(cls, taught: _Taught, strength: float, start: Classifier | None = None) -> "IntentModel":
        meaning = Classifier.train(taught.vectors, taught.labels, taught.languages, strength, BALANCE, start)
        classes = np.searchsorted(meaning.labels, taught.labels)
        words = Lexical.train(taught.bags, classes, len(meaning.labels))
        rows = meaning.centred(taught.vectors, taught.languages)
        return cls(meaning, words, Neighbours.train(rows, classes), Knowing())

    @property
    def labels(self) -> tuple[str, ...]:
        """All it knows, sorted."""
        return self.meaning.labels

    def at_home_in(self, vectors: Vectors, languages: Sequence[str]) -> "IntentModel":
        """The same model with the middle of unlabelled messages for languages it has no examples of."""
        return replace(self, meaning=self.meaning.at_home_in(vectors, languages))

    def read(self, texts: Sequence[str], languages: Sequence[str], vectors: Vectors) -> list[Reading]:
        """One reading a text."""
        seen = self.look(texts, languages, vectors)
        likely, known = self.knowing.probabilities(seen), self.knowing.known(seen)
        return [_reading(self.labels, row, float(one)) for row, one in zip(likely, known, strict=True)]

    def probabilities(self, texts: Sequence[str], languages: Sequence[str], vectors: Vectors) -> Floats:
        """[n, labels], each row adding up to 1."""
        return self.knowing.probabilities(self.look(texts, languages, vectors))

    def look(self, texts: Sequence[str], languages: Sequence[str], vectors: Vectors) -> Seen:
        """What is seen in the texts, before it is judged how far it can be trusted."""
        return self._look(self.words.bags(texts, languages), languages, vectors)

    def _look(self, bags: Bags, languages: Sequence[str], vectors: Vectors) -> Seen:
        rows = self.meaning.centred(vectors, languages)
        called = self.meaning.scores(rows)
        scores = _logs(_logs(called) + WORDS * _logs(self.words.scores(bags)))
        return Seen(scores, together(called), *self.neighbours.scores(rows, scores))

    def to_bytes(self) -> bytes:
        """What `from_bytes` reads: one compressed .npz."""
        file = io.BytesIO()
        np.savez_compressed(file, **{f"{part}.{key}": value for part, key, value in self._arrays()})
        return file.getvalue()

    def _arrays(self) -> list[tuple[str, str, Any]]:
        parts = (
            ("meaning", self.meaning),
            ("words", self.words),
            ("around", self.neighbours),
            ("knowing", self.knowing),
        )
        return [(name, key, value) for name, part in parts for key, value in part.arrays().items()]

    @classmethod
    def from_bytes(cls, data: bytes) -> "IntentModel":
        """Raises ValueError on anything that `to_bytes` did not write."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as kept:
                part = {name: _part(kept, name) for name in ("meaning", "words", "around", "knowing")}
            return cls(
                Classifier.of(part["meaning"]),
                Lexical.of(part["words"]),
                Neighbours.of(part["around"]),
                Knowing.of(part["knowing"]),
            )
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise ValueError(f"not an intent model: {error}") from error


def spoken(label: str) -> str:
    """A label as words: `card_not-Working` says “card not Working”."""
    return " ".join(re.findall(r"[A-Z]?[^\W_A-Z]+|[^\W_]+", label)) or label


def _held_out(labels: Sequence[str]) -> Floats:
    seen: dict[str, int] = {}
    held = np.zeros(len(labels), bool)
    for row, label in enumerate(labels):
        seen[label] = seen.get(label, 0) + 1
        held[row] = seen[label] % HELD_OUT == 0
    return held


def _logs(scores: Floats) -> Floats:
    return np.log(np.maximum(shares(scores), 1e-12))


def _part(kept: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key.removeprefix(name + "."): kept[key] for key in kept if key.startswith(name + ".")}


def _reading(labels: Sequence[str], likely: Floats, known: float) -> Reading:
    order = np.argsort(-likely)[:NEAR]
    return Reading([(labels[place], float(likely[place])) for place in order], known)
