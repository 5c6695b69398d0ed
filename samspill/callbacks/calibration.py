"""Holds forecasts against what happened: chances that came out too high are told lower from then on."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from .clock import Floats

FEWEST, KEPT = 150, 4000


@dataclass
class Calibration:
    """Beta calibration on the latest forecasts: log odds = a·ln p − b·ln(1−p) + c, drawn towards leaving them alone."""

    told: deque[tuple[float, bool]] = field(default_factory=lambda: deque(maxlen=KEPT))
    curve: Floats = field(default_factory=lambda: np.array([1.0, 1.0, 0.0]))
    firmness: Floats = field(default_factory=lambda: np.array([60.0, 60.0, 5.0]))

    def hear(self, forecast: float, answered: bool) -> None:
        """Remember one forecast as it was before calibration, and how the call ended."""
        self.told.append((forecast, answered))

    def fit(self) -> None:
        """Draw the curve anew through the latest outcomes."""
        if len(self.told) < FEWEST:
            return
        p, y = np.array(self.told, dtype=float).T
        x, rest = _terms(p), np.array([1.0, 1.0, 0.0])
        for _ in range(4):
            q = 1 / (1 + np.exp(-(x @ self.curve)))
            slope = x.T @ (y - q) - self.firmness * (self.curve - rest)
            bend = (x * (q * (1 - q))[:, None]).T @ x + np.diag(self.firmness)
            self.curve = self.curve + np.linalg.solve(bend, slope)

    def tell(self, odds: Floats) -> Floats:
        """Log odds before → log odds after."""
        p = 1 / (1 + np.exp(-np.clip(odds, -8, 8)))
        return np.asarray(np.log(p) * self.curve[0] - np.log1p(-p) * self.curve[1] + self.curve[2])


def expected_error(told: Floats, answered: Floats, bins: int = 10) -> float:
    """Mean distance between forecast and outcome over bins of equal size."""
    order = np.argsort(told)
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return float(sum(len(p) * abs(told[p].mean() - answered[p].mean()) for p in parts) / max(1, len(told)))


def _terms(p: Floats) -> Floats:
    p = np.clip(p, 3e-4, 1 - 3e-4)
    return np.stack([np.log(p), -np.log1p(-p), np.ones_like(p)], axis=1)
