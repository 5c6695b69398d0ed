"""Families of models beside the hierarchical one, weighed by how well they foretold the latest outcomes.

Boosted trees, a random forest and a small neural net read the same rows. A family that does not help is not asked.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from .clock import Floats

KEPT, LEARN_FROM, JUDGED, FEWEST = 25_000, 15_000, 2000, 1500
HEED, LEAST = 0.02, 0.05
ASKED = True


def makers(seed: int = 0) -> dict[str, Any]:
    """The families, unfitted."""
    net = MLPClassifier((12,), alpha=0.3, early_stopping=True, max_iter=40, random_state=seed)
    return {
        "boosting": HistGradientBoostingClassifier(max_iter=60, learning_rate=0.07, max_leaf_nodes=10, min_samples_leaf=60,
                                                   l2_regularization=10.0, random_state=seed),
        "forest": RandomForestClassifier(40, max_depth=8, min_samples_leaf=40, max_features=0.4, random_state=seed),
        "net": make_pipeline(StandardScaler(), net),
    }


@dataclass
class Families:
    """Rows with their outcomes, the fitted families and their weights; the hierarchical model is `bayes`."""

    rows: deque[Floats] = field(default_factory=lambda: deque(maxlen=KEPT))
    odds: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT))
    answered: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT))
    fitted: dict[str, Any] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=lambda: {"bayes": 1.0})
    fresh: int = 0

    def hear(self, row: Floats, odds: float, answered: bool) -> None:
        """One more row, what the hierarchical model said, and the outcome."""
        self.rows.append(row)
        self.odds.append(odds)
        self.answered.append(float(answered))
        self.fresh += 1

    def recent(self, n: int) -> tuple[Floats, Floats]:
        """The latest rows and outcomes."""
        return np.array(self.rows)[-n:], np.array(self.answered)[-n:]

    def refit(self) -> None:
        """Judge the families on what they have not seen, then teach them anew."""
        x, y = self.recent(LEARN_FROM)
        if len(y) < FEWEST:
            return
        x = np.column_stack([x, np.array(self.odds)[-len(y) :]])
        judged = min(self.fresh, JUDGED)
        if self.fitted and judged >= 200:
            self.weights = self._weigh(x[-judged:], y[-judged:])
        elif not self.fitted:
            cut = len(y) * 3 // 4
            self.fitted = {name: model.fit(x[:cut], y[:cut]) for name, model in makers().items()}
            self.weights = self._weigh(x[cut:], y[cut:])
        self.fitted = {name: model.fit(x, y) for name, model in makers().items() if self.weights.get(name, 0) > LEAST}
        self.fresh = 0

    def blend(self, rows: Floats, odds: Floats) -> Floats:
        """Log odds of all families together, for any number of rows."""
        asked = {n: w for n, w in self.weights.items() if n in self.fitted and w > LEAST}
        if not asked:
            return odds
        x = np.column_stack([rows, odds])
        total = sum(asked.values()) + self.weights["bayes"]
        mixed = odds * self.weights["bayes"]
        for name, weight in asked.items():
            mixed = mixed + weight * _odds(self.fitted[name], x)
        return np.asarray(mixed / total)

    def _weigh(self, x: Floats, y: Floats) -> dict[str, float]:
        told = {"bayes": x[:, -1]} | {name: _odds(model, x) for name, model in self.fitted.items()}
        loss = {n: float(np.sum(np.logaddexp(0, -np.where(y > 0, z, -z)))) for n, z in told.items()}
        best = min(loss.values())
        raw = {n: np.exp(-HEED * (v - best)) for n, v in loss.items()}
        return {n: float(v / sum(raw.values())) for n, v in raw.items()}


def _odds(model: Any, x: Floats) -> Floats:
    p = np.clip(model.predict_proba(x)[:, 1], 1e-3, 1 - 1e-3)
    return np.asarray(np.log(p / (1 - p)))
