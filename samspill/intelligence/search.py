"""Finds articles by words and by meaning together, in the asker's language and across languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.settled import settled
from samspill.intelligence.shelf import Chunk, Scores, Shelf

# A text is nearest to others of its own language; between languages only the centred cosine is fair.
ACROSS = 0.8

__all__ = ["Chunk", "Hit", "HybridIndex", "Lookup", "Scores"]


@dataclass(frozen=True)
class Hit:
    """The best passage of one article; `score` is 0 to 1 within a search, the others are raw."""

    chunk: Chunk
    score: float
    keyword: float
    cosine: float


class HybridIndex:
    """All articles in memory, one shelf a language; never changed after it was built."""

    def __init__(self, shelves: Sequence[Shelf]) -> None:
        self._shelves = {shelf.language: shelf for shelf in shelves}

    @property
    def shelves(self) -> list[Shelf]:
        """One a language."""
        return list(self._shelves.values())

    @classmethod
    def build(cls, chunks: Sequence[Chunk]) -> "HybridIndex":
        """Index passages; about 1 ms each."""
        languages: dict[str, list[Chunk]] = {}
        for chunk in chunks:
            languages.setdefault(chunk.language, []).append(chunk)
        generic = settled().generic_passage
        return cls([Shelf(language, own, generic) for language, own in sorted(languages.items())])

    def look_up(
        self, query: str, vector: Vectors | None = None, languages: Sequence[str] | None = None
    ) -> "Lookup":
        """Score every article of `languages` (all when None) for a question and its query vector [384]."""
        wanted = self._shelves if languages is None else languages
        return Lookup(query, vector, [self._shelves[code] for code in wanted if code in self._shelves])

    def search(
        self,
        query: str,
        vector: Vectors | None = None,
        k: int = 10,
        languages: Sequence[str] | None = None,
        prefer: str = "",
    ) -> list[Hit]:
        """The best `k` articles, best first; by words alone when there is no vector.

        Of an article's translations only one is given: in `prefer`, the asker's language, if there is one.
        """
        return self.look_up(query, vector, languages).hits(k, prefer)


class Lookup:
    """One question against some shelves: a number per article and kind of evidence."""

    def __init__(self, query: str, vector: Vectors | None, shelves: Sequence[Shelf]) -> None:
        self.query, self.vector, self.shelves = query, vector, [shelf for shelf in shelves if shelf.chunks]
        self.words = _joined([shelf.words(query) for shelf in self.shelves])
        self.letters = _joined([shelf.letters(query) for shelf in self.shelves])
        meanings = [shelf.meanings(vector) for shelf in self.shelves] if vector is not None else []
        self.cosines = _joined([found[0] for found in meanings])
        self.centred = _joined([found[1] for found in meanings])
        self._passages = [found[2] for found in meanings]
        self._ends = np.cumsum([len(shelf.starts) for shelf in self.shelves])

    @cached_property
    def scores(self) -> Scores:
        """[articles]: the weighted sum of the evidence, each stretched to 0 to 1."""
        weights = settled()
        keyword = (1 - weights.letters) * stretched(self.words) + weights.letters * stretched(self.letters)
        if self.vector is None:
            return keyword
        centred = weights.centred if len(self.shelves) == 1 else ACROSS
        meaning = (1 - centred) * stretched(self.cosines) + centred * stretched(self.centred)
        fused: Scores = (1 - weights.meaning) * keyword + weights.meaning * meaning
        return fused

    @cached_property
    def ranking(self) -> NDArray[np.intp]:
        """Articles with any evidence, best first."""
        order = np.argsort(-self.scores, kind="stable")
        if self.vector is not None:
            return order
        return order[(self.words[order] > 0) | (self.letters[order] > 0)]

    def place(self, article: int) -> tuple[int, int]:
        """Which shelf an article stands on, and where."""
        shelf = int(np.searchsorted(self._ends, article, side="right"))
        return shelf, article - (int(self._ends[shelf - 1]) if shelf else 0)

    def passage(self, article: int) -> Chunk:
        """The passage of an article that is nearest in meaning, or its first one."""
        number, place = self.place(article)
        shelf = self.shelves[number]
        first, last = int(shelf.starts[place]), int(shelf.ends[place])
        if not self._passages:
            return shelf.chunks[first]
        return shelf.chunks[first + int(np.argmax(self._passages[number][first:last]))]

    def hits(self, k: int, prefer: str = "") -> list[Hit]:
        """The best `k` articles, one of each group of translations."""
        chosen: dict[tuple[str, int], tuple[int, float]] = {}
        for article in map(int, self.ranking[: max(100, 10 * k)]):
            chunk = self.passage(article)
            group = ("article", chunk.article) if chunk.group is None else ("group", chunk.group)
            if group not in chosen:
                if len(chosen) < k or prefer:
                    chosen[group] = (article, float(self.scores[article]))
            elif chunk.language == prefer and self.passage(chosen[group][0]).language != prefer:
                chosen[group] = (article, chosen[group][1])
        return [self._hit(article, score) for article, score in list(chosen.values())[:k]]

    def _hit(self, article: int, score: float) -> Hit:
        cosine = float(self.cosines[article]) if self.vector is not None else 0.0
        return Hit(self.passage(article), score, float(self.words[article]), cosine)


def stretched(scores: Scores) -> Scores:
    """Scores moved to 0 to 1; all 0 when they are equal."""
    if not len(scores) or scores.max() <= scores.min():
        return np.zeros_like(scores)
    whole: Scores = (scores - scores.min()) / (scores.max() - scores.min())
    return whole


def _joined(parts: Sequence[Scores]) -> Scores:
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)
