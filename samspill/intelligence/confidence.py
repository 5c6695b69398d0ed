"""How sure one may be that the best article answers: a probability that carries over between companies."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
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
        sums = np.array([sum(_value(tree, row) for tree in self.trees) for row in rows.tolist()])
        found: Rows = chance(sums + self.bias)
        return found

    def of(self, lookup: Lookup) -> float:
        """The chance that the lookup's best article answers; 0 without a vector or without articles."""
        if lookup.vector is None or not len(lookup.scores):
            return 0.0
        return float(self.probabilities(features(lookup)[None])[0])


def _value(tree: Sequence[Node], row: Sequence[float]) -> float:
    node = tree[0]
    while len(node) > 1:
        feature, limit, low, high = node
        node = tree[int(low if row[int(feature)] <= limit else high)]
    return node[0]


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
