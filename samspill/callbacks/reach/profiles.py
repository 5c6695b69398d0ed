"""Types of people, shared between all: when each type answers, and when it calls or visits.

A type is a shape of the week; beside it stands a level, how willingly somebody answers at all. What one person
did weighs types and levels; the tables come from everybody (`mixing`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .clock import Floats, Ints

SLOTS = 336
EDGE = 1e-3
ANSWERED, ENGAGED, MACHINE, SILENT = range(4)
OUTCOMES = {
    "answered": ANSWERED,
    "too_late": ANSWERED,
    "busy": ENGAGED,
    "declined": ENGAGED,
    "voicemail": MACHINE,
}
LEVELS = np.array([-4.0, -1.2, -0.4, 0.4, 1.2])
LEVEL_PRIOR = np.array([0.03, 0.17, 0.30, 0.30, 0.20])
PRIOR = np.array([0.30, 0.13, 0.17, 0.40])


@dataclass(frozen=True)
class Shape:
    """How many types there are, how far neighbours in the week speak for each other, how strongly types shrink."""

    types: int = 30
    hours: float = 1.0
    other_day: float = 0.8
    weekend: float = 0.25
    shrink: float = 5.0
    trace_shrink: float = 60.0
    common_hours: float = 1.0
    common_other_day: float = 0.7
    common_weekend: float = 0.05


@dataclass(frozen=True)
class Parts:
    """A person's week in log odds: what is usual for everybody, how much more willing this person is, and how the
    shape of the week differs; the first and the last per slot."""

    usual: Floats
    willing: float
    shape: NDArray[np.float32]

    def at(self, slots: Ints) -> Floats:
        """Slots × 3."""
        found = np.empty((len(slots), 3))
        found[:, 0], found[:, 1], found[:, 2] = self.usual[slots], self.willing, self.shape[slots]
        return found


@dataclass
class Profiles:
    """The fitted types. Shapes: `weight` K, `level` L, `odds` K×336 (log odds at level 0), `failed` K×336×4 (log
    share of each outcome among failures), `traces` kinds×K×336 (log density against everybody), `traits` K×values
    each."""

    shape: Shape
    weight: Floats
    level: Floats
    odds: Floats
    failed: Floats
    traces: Floats
    traits: list[Floats] = field(default_factory=list)
    busy: Floats = field(default_factory=lambda: np.full(SLOTS, 1 / SLOTS))
    """how the calls so far lie in the week"""

    @cached_property
    def usual(self) -> Floats:
        """Log odds of an answer by anybody, per slot."""
        weight = np.outer(self.weight, self.level).ravel()
        chance = np.clip(weight @ self.answers, EDGE, 1 - EDGE)
        return np.asarray(np.log(chance / (1 - chance)))

    def parts(self, share: Floats) -> Parts:
        """The week of somebody with these weights of types and levels."""
        chance = np.minimum(np.maximum(share @ self.answers, EDGE), 1 - EDGE)
        apart = np.log(chance / (1 - chance)) - self.usual
        level = float(apart @ self.busy)
        return Parts(self.usual, level, (apart - level).astype(np.float32))

    @cached_property
    def logits(self) -> Floats:
        """Log odds of an answer, types times levels × slots."""
        return np.asarray((self.odds[:, None, :] + LEVELS[None, :, None]).reshape(-1, SLOTS))

    @cached_property
    def answers(self) -> Floats:
        return np.asarray(1 / (1 + np.exp(-self.logits)))

    @cached_property
    def log_answers(self) -> Floats:
        return np.asarray(np.log(self.answers).T.copy())

    @cached_property
    def log_silence(self) -> Floats:
        return np.asarray(np.log1p(-self.answers).T.copy())

    def start(self, traits: Ints) -> Floats:
        """Log weights for somebody of whom only the traits are known."""
        score = np.log(self.weight)
        for table, value in zip(self.traits, traits, strict=False):
            if 0 <= value < table.shape[1]:
                score = score + table[:, value]
        return np.asarray((score[:, None] + np.log(self.level)[None]).ravel())

    def heard(self, slot: int, outcome: int) -> Floats:
        """What one attempt adds to the log weights."""
        if outcome == ANSWERED:
            return np.asarray(self.log_answers[slot])
        return np.asarray(self.log_silence[slot] + np.repeat(self.failed[:, slot, outcome], len(LEVELS)))

    def noticed(self, slots: list[int], kinds: list[int]) -> Floats:
        """What traces add to the log weights; nothing where their kind is new."""
        known = [(kind, slot) for kind, slot in zip(kinds, slots, strict=True) if kind < len(self.traces)]
        total = sum((self.traces[kind, :, slot] for kind, slot in known), np.zeros(self.shape.types))
        return np.repeat(total, len(LEVELS))


def blank(shape: Shape) -> Profiles:
    """Nothing known yet: every type looks like the prior."""
    odds = np.full((shape.types, SLOTS), np.log(PRIOR[0] / (1 - PRIOR[0])))
    share = np.log(np.maximum(PRIOR / PRIOR[1:].sum(), 1e-9))
    failed = np.tile(share, (shape.types, SLOTS, 1))
    weight = np.full(shape.types, 1 / shape.types)
    return Profiles(shape, weight, LEVEL_PRIOR, odds, failed, np.zeros((0, shape.types, SLOTS)))
