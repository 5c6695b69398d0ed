"""How sure one may be that the best article answers: a probability that carries over between companies."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.evidence import features
from samspill.intelligence.scores import chance
from samspill.intelligence.search import Hit, HybridIndex, Lookup
from samspill.intelligence.settled import settled

Rows = NDArray[np.floating]
# A node is (feature, limit, node if at most, node if more); a leaf is (its value,).
Node = tuple[float, ...]


@dataclass(frozen=True)
class Confidence:
    """A sum of small decision trees over the evidence, and the probability from which to answer."""

    trees: Sequence[Sequence[Node]]
    bias: float
    threshold: float

    def probabilities(self, rows: Rows) -> Rows:
        """[n] chances that the answer is right, for evidence [n, features]."""
        found: Rows = chance(self._forest.sums(np.asarray(rows)) + self.bias)
        return found

    @cached_property
    def _forest(self) -> "_Forest":
        return _Forest.grown(self.trees)

    def of(self, lookup: Lookup) -> float:
        """The chance that the lookup's best article answers; 0 without a vector or without articles."""
        if lookup.vector is None or not len(lookup.scores):
            return 0.0
        return float(self.probabilities(features(lookup)[None])[0])


@dataclass(frozen=True)
class _Forest:
    """All trees in arrays, so that they are walked at once; a leaf leads to itself."""

    roots: NDArray[np.intp]
    feature: NDArray[np.intp]
    limit: Rows
    low: NDArray[np.intp]
    high: NDArray[np.intp]
    value: Rows

    @classmethod
    def grown(cls, trees: Sequence[Sequence[Node]]) -> "_Forest":
        roots = np.cumsum([0, *map(len, trees)], dtype=np.intp)[:-1]
        rows = [_row(node, at, int(root)) for root, tree in zip(roots, trees, strict=True)
                for at, node in enumerate(tree)]  # fmt: skip
        feature, limit, low, high, value = (np.array(column) for column in zip(*rows, strict=True))
        return cls(roots, feature, limit, low, high, value)

    def sums(self, rows: Rows) -> Rows:
        """[n]: the values of the leaves that each row of evidence reaches, added up."""
        at = np.tile(self.roots, (len(rows), 1))
        while True:
            held = np.take_along_axis(rows, self.feature[at], axis=1)
            onward = np.where(held <= self.limit[at], self.low[at], self.high[at])
            if (onward == at).all():
                found: Rows = self.value[at].sum(1)
                return found
            at = onward


def _row(node: Node, at: int, root: int) -> tuple[int, float, int, int, float]:
    """(feature, limit, node if at most, node if more, value) with nodes counted over all trees."""
    if len(node) == 1:
        return 0, 0.0, root + at, root + at, node[0]
    feature, limit, low, high = node
    return int(feature), limit, root + int(low), root + int(high), 0.0


def read(kept: dict[str, Any]) -> Confidence:
    """A Confidence from plain numbers; raises KeyError when they are not all there."""
    return Confidence(kept["trees"], kept["bias"], kept["threshold"])


@cache
def shipped() -> Confidence:
    """The judgement that comes with the package."""
    return read(settled().confidence)


@dataclass(frozen=True)
class Judged:
    """The hits of a question, the chance that the first one answers it, and whether that is enough."""

    hits: list[Hit]
    probability: float
    sure: bool


def judge(
    index: HybridIndex,
    query: str,
    vector: Vectors | None,
    languages: Sequence[str] | None = None,
    prefer: str = "",
    k: int = 5,
) -> Judged:
    """Search and say whether the first hit may be given as the answer; never without a vector [384]."""
    lookup = index.look_up(query, vector, languages)
    probability = shipped().of(lookup)
    return Judged(lookup.hits(k, prefer), probability, probability >= shipped().threshold)
