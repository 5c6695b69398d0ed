"""How near a sentence lies to what a model was taught, against how near it lies to sentences at large.

The relative Mahalanobis distance of Ren et al. 2021, "A Simple Fix to Mahalanobis Distance for Improving
Near-OOD Detection", over unit vectors with shrunken covariances.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from samspill.intelligence.encoder import Vectors, unit
from samspill.intelligence.scores import Floats

SHRINKAGE = 0.2


@dataclass(frozen=True)
class Nearness:
    """Class centres [k, 384] seen through `inner`, the middle of all through `outer`: whitening [384, 384]."""

    centres: Floats
    inner: Floats
    middle: Floats
    outer: Floats

    @classmethod
    def train(cls, rows: Vectors, classes: Floats) -> "Nearness":
        """From centred vectors [n, 384] whose classes are 0 … k-1."""
        directions = unit(rows)
        owners = np.zeros((len(rows), int(classes.max()) + 1), np.float32)
        owners[np.arange(len(rows)), classes] = 1
        centres = owners.T @ directions / owners.sum(0)[:, None]
        middle = directions.mean(0)
        inner, outer = _whitening(directions - centres[classes]), _whitening(directions - middle)
        return cls(centres @ inner, inner, middle @ outer, outer)

    def scores(self, rows: Vectors) -> Floats:
        """[n]; the higher, the nearer to one of the classes."""
        directions = unit(rows)
        bend, slopes, levels = self._multiplied
        apart = ((directions @ bend) * directions).sum(1)
        found: Floats = apart + (directions @ slopes + levels).max(1)
        return found

    @cached_property
    def _multiplied(self) -> tuple[Floats, Floats, Floats]:
        """Both distances multiplied out and subtracted: one matrix is read for a sentence instead of two."""
        bend = self.outer @ self.outer.T - self.inner @ self.inner.T
        slopes = 2 * (self.inner @ self.centres.T - (self.outer @ self.middle)[:, None])
        return bend, slopes, self.middle @ self.middle - (self.centres**2).sum(1)

    def arrays(self) -> dict[str, Any]:
        """Plain arrays for a file."""
        return {name: getattr(self, name).astype(np.float16) for name in _NAMES}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Nearness":
        """The other way round; raises KeyError on anything else."""
        return cls(*(kept[name].astype(np.float32) for name in _NAMES))


_NAMES = ("centres", "inner", "middle", "outer")


def _whitening(rows: Floats) -> Floats:
    spread = rows.T @ rows / len(rows)
    size = np.trace(spread) / len(spread) or 1.0
    shrunken = (1 - SHRINKAGE) * spread + SHRINKAGE * size * np.eye(len(spread), dtype=np.float32)
    found: Floats = np.linalg.cholesky(np.linalg.inv(shrunken.astype(np.float64))).astype(np.float32)
    return found
