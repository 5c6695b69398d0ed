"""When to call: the value of a call now against the best later moment, for many requests at once.

A call is worth its chance of an answer times what reaching the person is worth by then, less its cost, plus what
may still follow if it fails: the best second call given that the first one failed, which teaches about level,
hours and luck (`drop`), and so on with the attempts left. Waiting is worth the best later call.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .clock import Floats, Ints
from .rules import Bools

FAR = 164
EACH_FAILURE = 0.25
"""log odds that a failure takes from calls further ahead than the next"""


@dataclass(frozen=True)
class Dial:
    """Between thorough and fast: the part of a contact's worth that lasts, what the rest is still worth after
    hours (hours, share), and what a call costs, all in parts of a perfect contact."""

    lasting: float = 0.35
    cost: float = 0.02
    fading: tuple[tuple[float, float], ...] = ((0.0, 1.0), (24.0, 0.42), (48.0, 0.12))

    def worth(self, hours: Floats) -> Floats:
        """Worth of a contact after so many hours."""
        return np.asarray(self.lasting + (1 - self.lasting) * np.exp(self.faded(hours)))

    def faded(self, hours: Floats) -> Floats:
        """Log of what is left of the part that fades: exponentially between the points, and beyond the last."""
        at, share = np.array(self.fading).T
        logs = np.log(share)
        beyond = (logs[-1] - logs[-2]) / (at[-1] - at[-2])
        return np.asarray(np.interp(hours, at, logs) + np.maximum(hours - at[-1], 0.0) * beyond)


THOROUGH = Dial(lasting=0.85, cost=0.05)
FAST = Dial(lasting=0.03, cost=0.03, fading=((0.0, 1.0), (6.0, 0.5), (24.0, 0.12)))


@dataclass
class Patience:
    """How many of the people who pick up at attempt n still want us; learned from contacts that came too late."""

    wanted: Floats = field(default_factory=lambda: np.zeros(32))
    picked_up: Floats = field(default_factory=lambda: np.zeros(32))

    def hear(self, number: int, outcome: str) -> None:
        """Count a contact at this attempt."""
        if outcome in ("answered", "too_late"):
            self.picked_up[min(number, 31)] += 1
            self.wanted[min(number, 31)] += outcome == "answered"

    def share(self) -> Floats:
        """Per attempt number: the chance that a contact still counts."""
        prior = np.where(np.arange(32) <= 3, 1.0, 0.6)
        return np.asarray((self.wanted + 10 * prior) / (self.picked_up + 10))


def grid(ahead: int) -> Ints:
    """Which of the coming decision moments are looked at: all quarters of the first hour, then half hours, then
    hours."""
    found = np.concatenate([np.arange(4), np.arange(4, 76, 2), np.arange(76, FAR, 4)])
    return np.asarray(found[found < ahead])


def value(
    odds: Floats,
    drop: Floats,
    worth: Floats,
    allowed: Bools,
    after: Ints,
    keep: Floats,
    left: int,
    cost: float,
) -> tuple[Floats, Floats]:
    """Value of calling at each moment (requests × moments), and of the best call from each moment on (one column
    more).

    `odds` requests × moments; `drop` requests × moments × moments: what a failure at the first moment does to the
    log odds at the second; `after`: first moment that may follow a call; `keep[a]`: chance that a failure with
    `a` attempts left does not end it; `left`: attempts left.
    """
    requests, length = odds.shape
    best = {n: np.zeros((requests, length + 1)) for n in (-1, 0)}
    follows = (np.arange(length)[None, :] >= after[:, None])[None] & allowed[:, None, :]
    call = np.zeros_like(odds)
    for attempts in range(1 + (left + 1) % 2, left + 1, 2):
        lower = odds - EACH_FAILURE * (left - attempts)
        call = _chance(lower) * worth - cost
        if attempts > 1:
            chance = _chance(lower[:, None, :] + drop)
            then = keep[attempts - 1] * best[attempts - 2][:, after]
            second = chance * worth[:, None, :] - cost + (1 - chance) * then[:, None, :]
            again = np.where(follows, second, 0.0).max(2)
            call = call + (1 - _chance(lower)) * keep[attempts] * np.maximum(again, 0.0)
        call = np.where(allowed, call, -cost)
        best[attempts] = _from_here_on(call)
    return call, best[left]


def _chance(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-odds)))


def _from_here_on(call: Floats) -> Floats:
    best = np.zeros((call.shape[0], call.shape[1] + 1))
    best[:, :-1] = np.maximum.accumulate(np.maximum(call, 0.0)[:, ::-1], axis=1)[:, ::-1]
    return best
