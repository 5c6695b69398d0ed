"""How the examples nearest to a sentence are labelled: they see what no straight line between labels can.

A kernel estimate (Nadaraya 1964, Watson 1964) over unit vectors, for the labels that are likely anyway: it costs as
much with a thousand labels as with ten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from samspill.intelligence.encoder import DIMENSIONS, Vectors, unit
from samspill.intelligence.scores import Floats

NARROW = 0.04  # a cosine that is higher by so much counts e times as much
LABELS = 8  # the likeliest ones
MOST = 256  # examples of a label that are kept
STEPS, TALLEST = 400, 127  # to 1, in eight bits; a unit vector has no component beyond 127 / 400
LEAST = 1e-4  # share of a label that has nothing near


@dataclass(frozen=True)
class Neighbours:
    """The examples' unit vectors as small whole numbers, int8 [n, 384], label after label."""

    rows: Floats
    ends: Floats  # [k], where the examples of a label end

    @classmethod
    def train(cls, rows: Vectors, classes: Floats) -> "Neighbours":
        """From centred vectors [n, 384] whose classes are 0 … k-1."""
        own = [_some(np.flatnonzero(classes == one)) for one in range(int(classes.max()) + 1)]
        steps = np.round(unit(rows[np.concatenate(own)]) * STEPS)
        ends = np.cumsum([len(one) for one in own])
        return cls(np.clip(steps, -TALLEST, TALLEST).astype(np.int8), ends)

    def scores(self, rows: Vectors, likely: Floats) -> tuple[Floats, Floats]:
        """For centred vectors [n, 384] that have the scores `likely` [n, k] so far: the log of each label's share
        [n, k] in what lies near, and the highest cosine [n]; all 0 in a model that remembers no examples."""
        found, nearest = np.full(likely.shape, np.log(LEAST), np.float32), np.zeros(len(rows), np.float32)
        if not len(self.rows):
            return np.zeros_like(found), nearest
        top = np.argsort(-likely, 1)[:, :LABELS]
        for row, (direction, labels) in enumerate(zip(unit(rows), top, strict=True)):
            shares, nearest[row] = self._near(direction, labels)
            found[row, labels] = np.log(np.maximum(shares, LEAST))
        return found, nearest

    def _near(self, direction: Vectors, labels: Floats) -> tuple[Floats, float]:
        starts, ends = np.where(labels > 0, self.ends[labels - 1], 0), self.ends[labels]
        own = np.concatenate([self.rows[start:end] for start, end in zip(starts, ends, strict=True)])
        cosines = own.astype(np.float32) @ (direction / STEPS)
        near = np.exp((cosines - 1) / NARROW)
        sums = np.add.reduceat(near, np.cumsum(ends - starts) - (ends - starts))
        return sums / sums.sum(), float(cosines.max())

    def arrays(self) -> dict[str, Any]:
        """Plain arrays for a file."""
        return {"rows": self.rows, "ends": self.ends}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Neighbours":
        """The other way round; models of earlier versions remember no examples."""
        if "rows" not in kept:
            return cls(np.zeros((0, DIMENSIONS), np.int8), np.zeros(0, np.int64))
        return cls(kept["rows"], kept["ends"])


def _some(places: Floats) -> Floats:
    """At most MOST of them, spread evenly."""
    some: Floats = places[np.linspace(0, len(places) - 1, min(len(places), MOST)).astype(int)]
    return some
