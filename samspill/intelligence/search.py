"""Finds articles by words and by meaning together, in the asker's language and across languages."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.settled import settled
from samspill.intelligence.shelf import Chunk, Scores, Shelf
from samspill.intelligence.terms import pieces, stems

# A text is nearest to others of its own language; between languages only the centred cosine is fair.
ACROSS = 0.8
# The view that sees one article far ahead of the others counts more; found like the weights, by bench/answers.
SURER, MOST = 0.5, 0.9

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
        shelves = [self._shelves[code] for code in wanted if code in self._shelves]
        cut = pieces(query)
        return Lookup(query, vector, [_look(shelf, query, cut, vector) for shelf in shelves if shelf.chunks])

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


@dataclass(frozen=True)
class Found:
    """One question on one shelf: its terms there, a number per article and kind of evidence, cosines per passage."""

    shelf: Shelf
    stems: Sequence[str]
    pieces: Sequence[str]
    words: Scores
    letters: Scores
    meanings: tuple[Scores, Scores, Scores] | None


def _look(shelf: Shelf, query: str, cut: Sequence[str], vector: Vectors | None) -> Found:
    stemmed = stems(query, shelf.language)
    meanings = None if vector is None else shelf.meanings(vector)
    return Found(shelf, stemmed, cut, shelf.stems.scores(stemmed), shelf.pieces.scores(cut), meanings)


class Lookup:
    """One question against some shelves: a number per article and kind of evidence."""

    def __init__(self, query: str, vector: Vectors | None, found: Sequence[Found]) -> None:
        self.query, self.vector, self.found = query, vector, found
        self.shelves = [one.shelf for one in found]
        self.words = _joined([one.words for one in found])
        self.letters = _joined([one.letters for one in found])
        meanings = [one.meanings for one in found if one.meanings]
        self.cosines = _joined([one[0] for one in meanings])
        self.centred = _joined([one[1] for one in meanings])
        self._passages = [one[2] for one in meanings]
        self._ends = list(accumulate(len(shelf.starts) for shelf in self.shelves))

    def within(self, language: str) -> "Lookup":
        """The same question against the shelf of one language alone; nothing is looked up anew."""
        return Lookup(self.query, self.vector, [one for one in self.found if one.shelf.language == language])

    @cached_property
    def scores(self) -> Scores:
        """[articles]: the weighted sum of the evidence, each stretched to 0 to 1."""
        weights = settled()
        keyword = (1 - weights.letters) * stretched(self.words) + weights.letters * stretched(self.letters)
        if self.vector is None:
            return keyword
        centred = weights.centred if len(self.shelves) == 1 else ACROSS
        meaning = (1 - centred) * stretched(self.cosines) + centred * stretched(self.centred)
        return fused(keyword, meaning, weights.meaning)

    @cached_property
    def ranking(self) -> NDArray[np.intp]:
        """Articles with any evidence, best first."""
        order = np.argsort(-self.scores, kind="stable")
        if self.vector is not None:
            return order
        return order[(self.words[order] > 0) | (self.letters[order] > 0)]

    def place(self, article: int) -> tuple[int, int]:
        """Which shelf an article stands on, and where."""
        shelf = bisect(self._ends, article)
        return shelf, article - (self._ends[shelf - 1] if shelf else 0)

    def said(self, article: int) -> tuple[str, int]:
        """What an article says, the same for all its translations."""
        shelf, place = self.place(article)
        return self.shelves[shelf].said[place]

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
            said = self.said(article)
            if said not in chosen:
                if len(chosen) < k or prefer:
                    chosen[said] = (article, float(self.scores[article]))
            elif self._language(article) == prefer and self._language(chosen[said][0]) != prefer:
                chosen[said] = (article, chosen[said][1])
        return [self._hit(article, score) for article, score in list(chosen.values())[:k]]

    def _language(self, article: int) -> str:
        return self.shelves[self.place(article)[0]].language

    def _hit(self, article: int, score: float) -> Hit:
        cosine = float(self.cosines[article]) if self.vector is not None else 0.0
        return Hit(self.passage(article), score, float(self.words[article]), cosine)


def stretched(scores: Scores) -> Scores:
    """Scores moved to 0 to 1; all 0 when they are equal."""
    if not len(scores) or scores.max() <= scores.min():
        return np.zeros_like(scores)
    whole: Scores = (scores - scores.min()) / (scores.max() - scores.min())
    return whole


def fused(keyword: Scores, meaning: Scores, weight: float) -> Scores:
    """Both in one; `weight` is that of the meaning where neither is surer than the other."""
    share = np.clip(weight + SURER * (_ahead(meaning) - _ahead(keyword)), 0, MOST)
    both: Scores = (1 - share) * keyword + share * meaning
    return both


def _ahead(scores: Scores) -> float:
    """How far the best article is ahead of the next one."""
    if len(scores) < 2:
        return 0.0
    second, best = np.partition(scores, -2)[-2:]
    return float(best - second)


def _joined(parts: Sequence[Scores]) -> Scores:
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)
