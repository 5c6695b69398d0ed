"""The articles of one language, searchable by word, by piece of word and by meaning."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
from numpy.typing import NDArray

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.terms import pieces, stems

Scores = NDArray[np.floating]

# A mean of few passages says more about them than about their language: this many generic ones are mixed in.
PRIOR_PASSAGES = 20


@dataclass(frozen=True)
class Chunk:
    """One passage of an article; `group` is shared by the article's translations."""

    id: int
    article: int
    language: str
    title: str
    text: str
    vector: NDArray[np.float16]
    group: int | None = None


class Words:
    """BM25 over bags of terms, one bag an article."""

    def __init__(self, bags: Sequence[Sequence[str]], k1: float) -> None:
        self._count = len(bags)
        self._seen = Counter(term for bag in bags for term in set(bag))
        self._bm25 = bm25s.BM25(k1=k1, b=0.75) if self._seen else None
        if self._bm25:
            self._bm25.index([list(bag) for bag in bags], show_progress=False)
        self._bags = [frozenset(bag) for bag in bags]

    def scores(self, terms: Sequence[str]) -> Scores:
        """float32 [articles], 0 where no term occurs."""
        known = [term for term in terms if term in self._seen]
        if not known or not self._bm25:
            return np.zeros(self._count, np.float32)
        found: Scores = self._bm25.get_scores(known).astype(np.float32)
        return found

    def weight(self, term: str) -> float:
        """How telling a term is: its inverse document frequency; a term never seen is the most telling."""
        seen = self._seen.get(term, 0)
        return math.log(1 + (self._count - seen + 0.5) / (seen + 0.5))

    def reach(self, terms: Sequence[str]) -> float:
        """About the highest BM25 score an article could get for these terms."""
        return sum(map(self.weight, terms))

    def covered(self, terms: Sequence[str], article: int) -> float:
        """Share, by weight, of the distinct terms that the article holds; 0 for no terms."""
        weights = {term: self.weight(term) for term in terms}
        whole = sum(weights.values())
        return sum(weights[term] for term in weights if term in self._bags[article]) / whole if whole else 0.0


class Shelf:
    """Passages of one language, kept together by article."""

    def __init__(self, language: str, chunks: Sequence[Chunk], generic: Vectors) -> None:
        self.language = language
        self.chunks = sorted(chunks, key=lambda chunk: (chunk.article, chunk.id))
        articles = np.array([chunk.article for chunk in self.chunks])
        self.starts = np.flatnonzero(np.r_[True, articles[1:] != articles[:-1]])
        self.ends = np.r_[self.starts[1:], len(self.chunks)]
        texts = [
            self._text(int(first), int(last)) for first, last in zip(self.starts, self.ends, strict=True)
        ]
        self.stems = Words([stems(text, language) for text in texts], k1=1.5)
        self.pieces = Words([pieces(text) for text in texts], k1=1.2)
        self.said = [_said(self.chunks[first]) for first in self.starts]
        self._place(generic)

    def _text(self, first: int, last: int) -> str:
        return "\n".join([self.chunks[first].title, *(chunk.text for chunk in self.chunks[first:last])])

    def _place(self, generic: Vectors) -> None:
        self._vectors = np.array([chunk.vector for chunk in self.chunks], np.float32)
        count = len(self.chunks)
        self._mean = (self._vectors.sum(0) + PRIOR_PASSAGES * generic) / (count + PRIOR_PASSAGES)
        self._to_mean = self._vectors @ self._mean
        spread = (self._vectors**2).sum(1) - 2 * self._to_mean + self._mean @ self._mean
        self._from_mean = np.sqrt(np.maximum(spread, 1e-6))

    def meanings(self, vector: Vectors) -> tuple[Scores, Scores, Scores]:
        """Best cosine per article, the same seen from this language's middle, and cosines per passage."""
        cosines = self._vectors @ vector
        shift = vector - self._mean
        length = max(float(np.linalg.norm(shift)), 1e-3)
        centred = (cosines - self._to_mean - self._mean @ shift) / (self._from_mean * length)
        return np.maximum.reduceat(cosines, self.starts), np.maximum.reduceat(centred, self.starts), cosines


def _said(chunk: Chunk) -> tuple[str, int]:
    """What translations of one article have in common."""
    return ("article", chunk.article) if chunk.group is None else ("group", chunk.group)
