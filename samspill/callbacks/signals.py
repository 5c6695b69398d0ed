"""The circumstances of a call, as numbers: one row per moment, in the order of NAMES."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .clock import DAY, Floats, Ints, Moments
from .facts import Almanac, Request
from .habits import Reach, covariance
from .memory import Memory, as_moments

CHANNELS, KINDS, RECENT = 4, 8, 24
NAMES = ("always", "type", "habit", "public holiday", "school holiday", "wanted time", "other than wanted", "just asked",
         *(f"just asked by channel {i}" for i in range(CHANNELS)), *(f"sign {i}" for i in range(KINDS)))  # fmt: skip
ALWAYS, TYPE, HABIT, PUBLIC, SCHOOL, WANTED, UNWANTED, FRESH = range(8)
FIRST_SIGN = FRESH + 1 + CHANNELS

START = np.zeros(len(NAMES))
START[[TYPE, HABIT]] = 1.0
START[[PUBLIC, SCHOOL, WANTED, UNWANTED, FRESH]] = -1.8, -0.1, 0.4, -0.1, 0.2
START[FRESH + 1 : FIRST_SIGN] = 0.4
START[FIRST_SIGN:] = 0.2
FIRMNESS = np.array([200.0] * 3 + [20.0] * (5 + CHANNELS) + [30.0] * KINDS)


@dataclass
class Words:
    """Numbers for the names of channels and of kinds of signs, in the order they were met."""

    known: dict[str, int] = field(default_factory=dict)

    def number(self, name: str) -> int:
        return self.known.setdefault(name, len(self.known))


def rows(memory: Memory, request: Request, at: Moments, times: Ints, almanac: Almanac, channel: int,
         reach: Reach) -> tuple[Floats, Floats | None]:
    """len(at) × len(NAMES), and the covariance of these moments with the person's attempts."""
    found = np.zeros((len(at), len(NAMES)))
    found[:, ALWAYS] = 1.0
    if memory.week is not None:
        found[:, TYPE] = memory.week[at.slot]
    cross = None
    if memory.posterior is not None:
        cross = covariance(reach, at, memory.posterior.seen)
        found[:, HABIT] = cross @ memory.posterior.pull
    person = memory.person
    found[:, PUBLIC] = _on(at.day, almanac.public.get(person.country))
    found[:, SCHOOL] = _on(at.day, almanac.school.get(person.region))
    if request.wanted:
        hour = at.quarter / 4
        found[:, WANTED] = (hour >= request.wanted[0]) & (hour < request.wanted[1])
        found[:, UNWANTED] = 1 - found[:, WANTED]
    age = np.maximum(times - request.created, 0) / 60.0
    found[:, FRESH] = np.exp2(-age / 90.0)
    found[:, FRESH + 1 + channel % CHANNELS] = np.exp2(-age / 20.0)
    if memory.sign_when:
        found[:, FIRST_SIGN:] = _signs(memory, at, int(times[0]))
    return found, cross


def _on(days: Ints, special: frozenset[int] | None) -> Floats | float:
    if not special:
        return 0.0
    first, last = int(days.min()), int(days.max())
    hits = [d for d in special if first <= d <= last] if len(special) < last - first + 1 else None
    if hits is None:
        hits = [d for d in range(first, last + 1) if d in special]
    return np.isin(days, hits).astype(float) if hits else 0.0


def _signs(memory: Memory, at: Moments, now: int) -> Floats:
    """How close each moment lies to the hours of the person's latest signs, by kind."""
    seen = as_moments(memory.sign_when[-RECENT:])
    kind = np.array(memory.sign_kind[-RECENT:]) % KINDS
    age = (now - np.array(memory.sign_at[-RECENT:])) / DAY
    gap = (at.quarter[:, None] - seen.quarter[None, :]) / 4.0
    same = np.where(at.weekday[:, None] == seen.weekday[None, :], 1.0, 0.4)
    near = (np.exp(-0.5 * (gap / 0.8) ** 2) * same - 0.1) * np.exp2(-age / 60.0)
    return np.asarray(np.tanh(near @ np.eye(KINDS)[kind]))
