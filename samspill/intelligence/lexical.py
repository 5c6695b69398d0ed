"""What the very words say about a label, beside their meaning: naive Bayes over stems and pairs of stems.

Weights are tf-idf with rows of length 1, as in Rennie et al. 2003, "Tackling the Poor Assumptions of Naive Bayes".
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from samspill.intelligence.scores import Floats
from samspill.intelligence.terms import stems

SMOOTHING = 0.3
KEPT = 20_000  # texts whose terms are remembered: the examples of one training are those of the next
LONGEST = 2_000  # characters of a text that are looked at


@dataclass(frozen=True)
class Bags:
    """How often each term stands in each of n texts, as 1 + log of the count: the rows of a sparse [n, terms]."""

    terms: Mapping[str, int]
    counts: Floats
    places: Floats  # the term of each count
    starts: Floats  # [n + 1], where a text's counts begin

    @classmethod
    def of(
        cls, texts: Sequence[str], languages: Sequence[str], terms: Mapping[str, int] | None = None
    ) -> "Bags":
        """Count; with `terms` only those, else all that occur."""
        rows = [Counter(_terms(text, code)) for text, code in zip(texts, languages, strict=True)]
        known = _numbered(rows) if terms is None else terms
        kept = [[(known[term], often) for term, often in row.items() if term in known] for row in rows]
        starts = np.cumsum([0, *map(len, kept)])
        places = np.array([place for row in kept for place, _ in row], np.int32)
        counts = 1 + np.log(np.array([often for row in kept for _, often in row], np.float32))
        return cls(known, counts, places, starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def only(self, rows: Floats) -> "Bags":
        """Some of the texts."""
        some = self.sparse(self.counts)[rows]
        return Bags(self.terms, some.data, some.indices, some.indptr)

    def sparse(self, values: Floats) -> csr_matrix:
        """[n, terms] with other values in the places of the counts."""
        return csr_matrix((values, self.places, self.starts), shape=(len(self), len(self.terms)))


@dataclass(frozen=True)
class Lexical:
    """How much of each term each class holds; a text of unknown terms says nothing."""

    terms: Mapping[str, int]
    rarity: Floats  # [terms], inverse document frequency
    held: csr_matrix  # [terms, classes]

    @classmethod
    def train(cls, bags: Bags, classes: Floats, count: int) -> "Lexical":
        """Learn from n texts whose classes are 0 … count-1."""
        texts = len(bags)
        spread = np.bincount(bags.places, minlength=len(bags.terms))
        rarity = (np.log((1 + texts) / (1 + spread)) + 1).astype(np.float32)
        owners = csr_matrix((np.ones(texts, np.float32), (np.arange(texts), classes)), shape=(texts, count))
        weights = bags.sparse(_weighted(bags, rarity))
        return cls(bags.terms, rarity, (weights.T @ owners).tocsr())

    def scores(self, bags: Bags) -> Floats:
        """Log-likelihood of each class [n, classes], up to a constant; all 0 where no term is known."""
        weights = _weighted(bags, self.rarity)
        if len(bags) == 1:  # messages come one by one, and a sparse matrix takes long to make
            alone: Floats = weights[None] @ self._told[bags.places]
            return alone
        found: Floats = bags.sparse(weights) @ self._told
        return found

    def bags(self, texts: Sequence[str], languages: Sequence[str]) -> Bags:
        """Texts as this model sees them."""
        return Bags.of(texts, languages, self.terms)

    @cached_property
    def _told(self) -> Floats:
        """What each term says about each class, float32 [terms, classes]."""
        whole = np.log(np.asarray(self.held.sum(0)).ravel() + SMOOTHING * max(self.held.shape[0], 1))
        told: Floats = (np.log(self.held.toarray() + SMOOTHING) - whole).astype(np.float32)
        return told

    def arrays(self) -> dict[str, Any]:
        """Plain arrays for a file."""
        return {
            "terms": np.array(list(self.terms)),
            "rarity": self.rarity.astype(np.float16),
            "held": self.held.data.astype(np.float16),
            "places": self.held.indices.astype(np.int32),
            "starts": self.held.indptr.astype(np.int32),
            "classes": np.array(self.held.shape[1]),
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Lexical":
        """The other way round; raises KeyError or ValueError on anything else."""
        terms = {str(term): place for place, term in enumerate(kept["terms"])}
        parts = (kept["held"].astype(np.float32), kept["places"], kept["starts"])
        held = csr_matrix(parts, shape=(len(terms), int(kept["classes"])))
        return cls(terms, kept["rarity"].astype(np.float32), held)


@lru_cache(KEPT)
def _terms(text: str, language: str) -> tuple[str, ...]:
    found = stems(text[:LONGEST], language)
    return (*found, *(f"{one} {other}" for one, other in pairwise(found)))


def _numbered(rows: Sequence[Counter[str]]) -> dict[str, int]:
    return {term: place for place, term in enumerate(dict.fromkeys(term for row in rows for term in row))}


def _weighted(bags: Bags, rarity: Floats) -> Floats:
    """Tf-idf of each count, rows of length 1."""
    weights = bags.counts * rarity[bags.places]
    rows = np.repeat(np.arange(len(bags)), np.diff(bags.starts))
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=len(bags)))
    scaled: Floats = (weights / lengths[rows]).astype(np.float32)
    return scaled
