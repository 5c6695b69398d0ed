"""What the very words say about a label, beside their meaning: naive Bayes over stems and pairs of stems.

Weights are tf-idf with rows of length 1, as in Rennie et al. 2003, "Tackling the Poor Assumptions of Naive Bayes".
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from samspill.intelligence.scores import Floats
from samspill.intelligence.terms import stems

SMOOTHING = 0.3
Terms = Counter[str]
LONGEST = 2_000  # characters of a text that are looked at


@dataclass(frozen=True)
class Lexical:
    """How much of each term each class holds; a text of unknown terms says nothing."""

    terms: Mapping[str, int]
    rarity: Floats  # [terms], inverse document frequency
    held: csr_matrix  # [terms, classes]
    whole: Floats  # [classes], log of all it holds

    @classmethod
    def train(cls, rows: Sequence[Terms], classes: Floats, count: int) -> "Lexical":
        """Learn from the terms of n texts whose classes are 0 … count-1."""
        spread = Counter(term for row in rows for term in row)
        terms = {term: place for place, term in enumerate(spread)}
        rarity = np.log((1 + len(rows)) / (1 + np.fromiter(spread.values(), float, len(spread)))) + 1
        held = _held(rows, terms, rarity, classes, count)
        return cls(terms, rarity.astype(np.float32), held, _whole(held))

    def scores(self, terms: Terms) -> Floats:
        """Log-likelihood of each class [classes], up to a constant; all 0 when no term is known."""
        found = -self.whole * 0
        for place, weight in zip(*_weighted(terms, self.terms, self.rarity), strict=True):
            logs = self._nothing.copy()
            own = slice(self.held.indptr[place], self.held.indptr[place + 1])
            logs[self.held.indices[own]] = (
                np.log(self.held.data[own] + SMOOTHING) - self.whole[self.held.indices[own]]
            )
            found += weight * logs
        return found

    @cached_property
    def _nothing(self) -> Floats:
        """What a term says about classes that do not hold it."""
        none: Floats = math.log(SMOOTHING) - self.whole
        return none

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
        return cls(terms, kept["rarity"].astype(np.float32), held, _whole(held))


def terms_of(text: str, language: str) -> Terms:
    """Stems and pairs of neighbouring stems, counted."""
    found = stems(text[:LONGEST], language)
    return Counter([*found, *(f"{one} {other}" for one, other in pairwise(found))])


def _weighted(row: Terms, terms: Mapping[str, int], rarity: Floats) -> tuple[list[int], Floats]:
    known = [(terms[term], 1 + math.log(count)) for term, count in row.items() if term in terms]
    places = [place for place, _ in known]
    weights = np.array([often for _, often in known]) * rarity[places]
    return places, weights / (np.linalg.norm(weights) or 1.0)


def _held(
    rows: Sequence[Terms], terms: Mapping[str, int], rarity: Floats, classes: Floats, count: int
) -> csr_matrix:
    weighted = [_weighted(row, terms, rarity) for row in rows]
    places = [place for found, _ in weighted for place in found]
    owners = [own for own, (found, _) in zip(classes, weighted, strict=True) for _ in found]
    values = np.concatenate([weights for _, weights in weighted]) if places else np.zeros(0)
    return csr_matrix((values.astype(np.float32), (places, owners)), shape=(len(terms), count))


def _whole(held: csr_matrix) -> Floats:
    whole: Floats = np.log(np.asarray(held.sum(0)).ravel() + SMOOTHING * max(held.shape[0], 1))
    return whole.astype(np.float32)
