"""Holds forecasts against what happened: chances that came out too high are told lower from then on."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from .clock import Floats

FEWEST, KEPT = 150, 3000
FLATTEST, STEEPEST = np.array([0.3, 0.3, -1.5]), np.array([2.0, 2.0, 1.5])


@dataclass
class Calibration:
    """Beta calibration on the latest forecasts: log odds = a·ln p − b·ln(1−p) + c, drawn towards leaving them
    alone."""

    told: deque[tuple[float, bool]] = field(default_factory=lambda: deque(maxlen=KEPT))
    curve: Floats = field(default_factory=lambda: np.array([1.0, 1.0, 0.0]))
    firmness: Floats = field(default_factory=lambda: np.array([30.0, 30.0, 3.0]))

    def hear(self, odds: float, answered: bool) -> None:
        """Remember the log odds of one call as they were before calibration, and how it ended."""
        self.told.append((odds, answered))

    def fit(self) -> None:
        """Draw the curve anew through the latest outcomes."""
        if len(self.told) < FEWEST:
            return
        odds, y = np.array(self.told, dtype=float).T
        x, rest = _terms(odds), np.array([1.0, 1.0, 0.0])
        for _ in range(4):
            q = 1 / (1 + np.exp(-(x @ self.curve)))
            slope = x.T @ (y - q) - self.firmness * (self.curve - rest)
            bend = (x * (q * (1 - q))[:, None]).T @ x + np.diag(self.firmness)
            self.curve = np.clip(self.curve + np.linalg.solve(bend, slope), FLATTEST, STEEPEST)

    def tell(self, odds: Floats) -> Floats:
        """Log odds before → log odds after."""
        return np.asarray(_terms(odds) @ self.curve)


def expected_error(told: Floats, answered: Floats, bins: int = 10) -> float:
    """Mean distance between forecast and outcome over bins of equal size."""
    order = np.argsort(told)
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return float(sum(len(p) * abs(told[p].mean() - answered[p].mean()) for p in parts) / max(1, len(told)))


def _terms(odds: Floats) -> Floats:
    odds = np.clip(odds, -8, 8)
    return np.stack([-np.logaddexp(0, -odds), np.logaddexp(0, odds), np.ones_like(odds)], axis=-1)
