"""One person's own habits: a Gaussian process over the week on top of what the types say.

It knows level, time of day, weekday and time, absence for days, this week's hours, and luck that lasts an hour or half a
day, each with a strength and a reach. A handful of attempts per person keeps every matrix small.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .clock import Floats, Moments


@dataclass(frozen=True)
class Reach:
    """Variances on the log-odds scale, and how far they reach (hours or days)."""

    level: float = 0.35
    clock: float = 0.35
    clock_hours: float = 1.2
    weekly: float = 0.5
    weekly_hours: float = 0.9
    absence: float = 0.5
    absence_days: float = 5.0
    lately: float = 0.5
    lately_hours: float = 1.5
    lately_days: float = 6.0
    luck: float = 0.8
    luck_hours: float = 3.0
    moment: float = 1.2
    moment_hours: float = 0.8
    drift_days: float = 150.0

    @cached_property
    def tables(self) -> dict[str, Floats]:
        q = np.arange(96) / 4.0
        d = np.arange(800)
        ticks = np.arange(24 * 4 * 2 + 1) / 4.0
        bell = lambda hours: np.exp(-0.5 * (q / hours) ** 2)
        luck = self.luck * np.exp(-ticks / self.luck_hours) + self.moment * np.exp(-ticks / self.moment_hours)
        luck[-1] = 0.0
        return {
            "clock": self.clock * bell(self.clock_hours),
            "weekly": self.weekly * bell(self.weekly_hours),
            "lately": self.lately * bell(self.lately_hours),
            "drift": np.exp(-d / self.drift_days),
            "days": np.exp(-d / self.lately_days),
            "absence": self.absence * np.exp(-d / self.absence_days),
            "luck": luck,
        }


def covariance(reach: Reach, a: Moments, b: Moments) -> Floats:
    """len(a) × len(b): how much an answer at `a` says about `b`."""
    t = reach.tables
    quarters = np.abs(a.quarter[:, None] - b.quarter[None, :])
    days = np.minimum(np.abs(a.day[:, None] - b.day[None, :]), 799)
    ticks = np.minimum(np.abs(a.tick[:, None] - b.tick[None, :]), len(t["luck"]) - 1)
    same = a.weekday[:, None] == b.weekday[None, :]
    own = reach.level + t["clock"][quarters] + t["weekly"][quarters] * same
    return np.asarray(own * t["drift"][days] + t["absence"][days] + t["lately"][quarters] * t["days"][days]
                      + t["luck"][ticks])


@dataclass
class Posterior:
    """What the attempts so far say about other moments."""

    seen: Moments
    pull: Floats
    inverse: Floats

    def mean(self, reach: Reach, at: Moments) -> tuple[Floats, Floats]:
        """Shift of the log odds at each moment, and the covariance with the attempts (for `variance`)."""
        cross = covariance(reach, at, self.seen)
        return cross @ self.pull, cross


def learn(reach: Reach, seen: Moments, answered: Floats, expected: Floats, weight: Floats) -> Posterior:
    """Laplace's approximation: two Newton steps from the log odds `expected` by the types."""
    cov = covariance(reach, seen, seen)
    shift = np.zeros(len(seen))
    for _ in range(2):
        p = 1 / (1 + np.exp(-(expected + shift)))
        bend = np.maximum(p * (1 - p), 0.02) * weight
        target = shift + weight * (answered - p) / bend
        inverse = np.linalg.inv(cov + np.diag(1 / bend))
        pull = inverse @ target
        shift = np.clip(cov @ pull, -4, 4)
    return Posterior(seen, pull, inverse)
