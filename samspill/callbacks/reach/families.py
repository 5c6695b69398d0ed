"""Families of models beside the hierarchical one, weighed by how well they foretold the latest outcomes.

Boosted trees, a random forest and a small neural net read the same rows. A family that does not help is not
asked: each forecast costs time.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .clock import Floats

KEPT, LEARN_FROM, FEWEST = 25_000, 5_000, 1500
SHARES = (0.0, 0.25, 0.5, 0.75)
WORTH_ASKING = 0.004
"""a family is asked when it takes this part off the log loss"""
BAYES = "bayes"


def makers(seed: int = 0) -> dict[str, Any]:
    """The families, unfitted."""
    # seconds to load, and most processes fit none
    from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    net = MLPClassifier((12,), alpha=0.3, max_iter=15, random_state=seed)
    return {
        "boosting": HistGradientBoostingClassifier(
            max_iter=40,
            learning_rate=0.1,
            max_leaf_nodes=8,
            min_samples_leaf=60,
            l2_regularization=10.0,
            random_state=seed,
        ),
        "forest": RandomForestClassifier(
            24, max_depth=7, min_samples_leaf=40, max_features=0.3, random_state=seed
        ),
        "net": make_pipeline(StandardScaler(), net),
    }


@dataclass
class Families:
    """Rows with their outcomes, the fitted families and their weights; the hierarchical model is `bayes`."""

    rows: deque[Floats] = field(default_factory=lambda: deque(maxlen=KEPT))
    odds: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT))
    answered: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT))
    fitted: dict[str, Any] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=lambda: {BAYES: 1.0})
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
        """Judge the families on rows they have not seen, the latest; teach those that help with all of them."""
        x, y = self.recent(LEARN_FROM)
        if len(y) < FEWEST:
            return
        x = np.column_stack([x, np.array(self.odds)[-len(y) :]])
        cut = len(y) * 3 // 4
        tried = {name: model.fit(x[:cut], y[:cut]) for name, model in makers().items()}
        self.weights = _weigh({n: _odds(m, x[cut:]) for n, m in tried.items()}, x[cut:, -1], y[cut:])
        self.fitted = {n: m.fit(x, y) for n, m in tried.items() if n in self.weights}
        self.fresh = 0

    def blend(self, rows: Floats, odds: Floats) -> Floats:
        """Log odds of all families together, for any number of rows."""
        if not self.fitted:
            return odds
        x = np.column_stack([rows, odds])
        return np.asarray(
            sum((self.weights[n] * _odds(m, x) for n, m in self.fitted.items()), self.weights[BAYES] * odds)
        )


def _weigh(told: dict[str, Floats], bayes: Floats, y: Floats) -> dict[str, float]:
    """Weights by log loss, the hierarchical model first; a family joins when it makes the blend better by enough."""
    weights, blend, best = {BAYES: 1.0}, bayes, _loss(bayes, y)
    for name in sorted(told, key=lambda n: _loss(told[n], y)):
        share = min(SHARES, key=lambda s: _loss((1 - s) * blend + s * told[name], y))
        mixed = (1 - share) * blend + share * told[name]
        if share and _loss(mixed, y) < best * (1 - WORTH_ASKING):
            weights = {n: w * (1 - share) for n, w in weights.items()} | {name: share}
            blend, best = mixed, _loss(mixed, y)
    return weights


def _loss(odds: Floats, y: Floats) -> float:
    return float(np.mean(np.logaddexp(0, -np.where(y > 0, odds, -odds))))


def _odds(model: Any, x: Floats) -> Floats:
    p = np.clip(model.predict_proba(x)[:, 1], 1e-3, 1 - 1e-3)
    return np.asarray(np.log(p / (1 - p)))
