"""Matches a question with the questions that articles are titled with, in any two languages.

Seen from the middle of its language, a title is nearest to what means the same, whoever speaks; passages
are not, so that titles are the bridge from one language to another. Fitted by bench/answers/titles.py.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.scores import chance

FILE = "data/titles.json"
# A mean of few titles says more about them than about their language: this many usual ones are mixed in.
USUAL = 20


@dataclass(frozen=True)
class Learned:
    """What was learned on public questions: middles of languages, and when a title is near enough."""

    middles: dict[str, Vectors]  # float32 [384] by language, of questions
    step: Vectors  # float32 [384], from the middle of questions to that of passages
    near: float
    ahead: float
    bias: float
    threshold: float

    def middle(self, language: str) -> Vectors:
        """The middle of a language's questions; of all languages for one that is not known."""
        known = self.middles.get(language)
        return known if known is not None else np.mean(list(self.middles.values()), 0, dtype=np.float32)

    def chance(self, near: float, ahead: float) -> float:
        """The chance that the nearest title asks the same; `ahead` is its lead over the next article's."""
        return float(chance(np.array([self.near * near + self.ahead * ahead + self.bias]))[0])


@dataclass(frozen=True)
class Match:
    """The row of the nearest title and the chance that it asks the same."""

    row: int
    chance: float

    @property
    def sure(self) -> bool:
        """Whether that is enough to answer."""
        return self.chance >= learned().threshold


class Titles:
    """Titles as directions from their language's middle; never changed after it was built."""

    def __init__(self, vectors: Vectors, languages: Sequence[str], articles: Sequence[int]) -> None:
        self._articles = np.array(articles)
        self._directions = np.zeros_like(vectors, np.float32)
        spoken = np.array(languages)
        for language in set(languages):
            own = spoken == language
            self._directions[own] = _directions(vectors[own], _middle(vectors[own], language))

    def match(self, vector: Vectors, language: str) -> Match | None:
        """The title nearest to a question's vector [384]; None where there is none to compare with."""
        if len(set(self._articles.tolist())) < 2:
            return None
        near = self._directions @ _directions(vector[None], learned().middle(language))[0]
        best = int(near.argmax())
        others = near[self._articles != self._articles[best]]
        return Match(best, learned().chance(float(near[best]), float(near[best] - others.max())))


def _middle(vectors: Vectors, language: str) -> Vectors:
    usual = learned().middle(language) + learned().step
    mean: Vectors = (vectors.sum(0) + USUAL * usual) / (len(vectors) + USUAL)
    return mean


def _directions(vectors: Vectors, middle: Vectors) -> Vectors:
    shifted = vectors.astype(np.float32) - middle
    whole: Vectors = shifted / np.maximum(np.linalg.norm(shifted, axis=1, keepdims=True), 1e-3)
    return whole


@cache
def learned() -> Learned:
    """The shipped numbers."""
    kept = json.loads(files("samspill.intelligence").joinpath(FILE).read_text("utf8"))
    middles = {language: unpacked(text) for language, text in kept["middles"].items()}
    numbers = [kept[name] for name in ("near", "ahead", "bias", "threshold")]
    return Learned(middles, unpacked(kept["step"]), *numbers)


def packed(vector: Vectors) -> str:
    """float16 in base64."""
    return base64.b64encode(vector.astype("<f2").tobytes()).decode()


def unpacked(text: str) -> Vectors:
    """float32 of what `packed` made."""
    return np.frombuffer(base64.b64decode(text), "<f2").astype(np.float32)
