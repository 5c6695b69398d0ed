"""One person's own habits: a Gaussian process over the calendar on top of what the types say.

It knows level, time of day, weekday with time, absence for days, this week's hours, and luck that lasts an hour
or half a day, each with a strength and a reach. A handful of attempts per person keeps every matrix small.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .clock import Floats, Moments

FARTHEST_DAY, FARTHEST_TICK = 800, 192


@dataclass(frozen=True)
class Reach:
    """Variances on the scale of log odds, and how far each reaches (hours or days)."""

    level: float = 0.2
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


@dataclass(frozen=True)
class _Tables:
    clock: Floats
    weekly: Floats
    lately: Floats
    drift: Floats
    days: Floats
    absence: Floats
    luck: Floats


@lru_cache(maxsize=64)
def _tables(r: Reach) -> _Tables:
    hours, days = np.arange(96) / 4.0, np.arange(FARTHEST_DAY)
    ticks = np.arange(FARTHEST_TICK) / 4.0
    luck = r.luck * np.exp(-ticks / r.luck_hours) + r.moment * np.exp(-ticks / r.moment_hours)
    luck[-1] = 0.0
    clock, weekly, lately = (
        np.exp(-0.5 * (hours / h) ** 2) for h in (r.clock_hours, r.weekly_hours, r.lately_hours)
    )
    return _Tables(
        r.clock * clock + r.level,
        r.weekly * weekly,
        r.lately * lately,
        np.exp(-days / r.drift_days),
        np.exp(-days / r.lately_days),
        r.absence * np.exp(-days / r.absence_days),
        luck,
    )


def covariance(reach: Reach, a: Moments, b: Moments) -> Floats:
    """len(a) × len(b): how much an answer at `a` says about `b`."""
    t = _tables(reach)
    quarters = np.abs(a.quarter[:, None] - b.quarter[None, :])
    days = np.minimum(np.abs(a.day[:, None] - b.day[None, :]), FARTHEST_DAY - 1)
    ticks = np.minimum(np.abs(a.tick[:, None] - b.tick[None, :]), FARTHEST_TICK - 1)
    own = t.clock[quarters] + t.weekly[quarters] * (a.weekday[:, None] == b.weekday[None, :])
    return np.asarray(
        own * t.drift[days] + t.absence[days] + t.lately[quarters] * t.days[days] + t.luck[ticks]
    )


@dataclass(frozen=True)
class Posterior:
    """What a person's attempts say about other moments."""

    seen: Moments
    pull: Floats
    inverse: Floats


def learn(
    reach: Reach, seen: Moments, answered: Floats, expected: Floats, before: Posterior | None = None
) -> Posterior:
    """Laplace's approximation by Newton's steps from the log odds `expected` by the types: one step from what was
    believed `before` the latest attempt, or two from the start."""
    cov = covariance(reach, seen, seen)
    warm = before is not None and len(before.pull) == len(seen) - 1
    shift = np.zeros(len(seen))
    if warm and before is not None:
        shift = np.minimum(np.maximum(cov[:, :-1] @ before.pull, -4), 4)
    else:
        noisy, target = _newton(cov, shift, answered, expected)
        shift = np.minimum(np.maximum(cov @ np.linalg.solve(noisy, target), -4), 4)
    noisy, target = _newton(cov, shift, answered, expected)
    inverse = np.asarray(np.linalg.inv(noisy), dtype=np.float64)
    return Posterior(seen, inverse @ target, inverse)


def _newton(cov: Floats, shift: Floats, answered: Floats, expected: Floats) -> tuple[Floats, Floats]:
    p = 1 / (1 + np.exp(-(expected + shift)))
    bend = np.maximum(p * (1 - p), 0.02)
    noisy = cov.copy()
    noisy.flat[:: len(cov) + 1] += 1 / bend
    return noisy, shift + (answered - p) / bend
