"""The circumstances of a call, as numbers: one row per moment, in the order of NAMES."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .clock import DAY, Floats, Ints, Moments
from .facts import Almanac, Request
from .habits import Reach, covariance
from .memory import Memory, as_moments

CHANNELS, KINDS, RECENT = 4, 8, 24
OTHER_DAY = 0.4
NEAR = np.exp(-0.5 * ((np.arange(96)[:, None] - np.arange(96)[None, :]) / 4.0 / 0.8) ** 2)
CIRCUMSTANCES = (
    "always",
    "usual",
    "willing",
    "week",
    "habit",
    "public holiday",
    "school holiday",
    "wanted time",
    "other than wanted",
    "fresh",
)
NAMES = (
    *CIRCUMSTANCES,
    *(f"fresh from channel {i}" for i in range(CHANNELS)),
    *(f"trace {i}" for i in range(KINDS)),
)
ALWAYS, USUAL, WILLING, SHAPE, HABIT, PUBLIC, SCHOOL, WANTED, UNWANTED, FRESH = range(10)
WEEK = slice(USUAL, HABIT)
"""the parts of a person's week that types tell: what is usual, how willing, and the shape"""
FIRST_TRACE = FRESH + 1 + CHANNELS

START = np.zeros(len(NAMES))
START[USUAL : HABIT + 1] = 1.0, 0.5, 1.2, 1.0
START[[PUBLIC, SCHOOL, WANTED, UNWANTED, FRESH]] = -1.8, -0.1, 0.4, -0.1, 0.2
START[FRESH + 1 : FIRST_TRACE] = 1.0
START[FIRST_TRACE:] = 0.2
EXTRA = ("hour", "weekday", "first trait", "second trait", "attempts heard", "traces seen", "calls so far",
         "hours waited", "hours since a call", "level", "answered of late")  # fmt: skip
FIRMNESS = np.array([20.0, 50.0, 50.0, 30.0, 50.0] + [20.0] * 5 + [10.0] * CHANNELS + [30.0] * KINDS)


@dataclass
class Words:
    """Numbers for the names of channels and of kinds of traces, in the order they were met."""

    known: dict[str, int] = field(default_factory=dict)

    def number(self, name: str) -> int:
        return self.known.setdefault(name, len(self.known))


def rows(
    memory: Memory, request: Request, at: Moments, times: Ints, almanac: Almanac, channel: int, reach: Reach
) -> tuple[Floats, Floats | None]:
    """len(at) × len(NAMES), and the covariance of these moments with the person's attempts."""
    found = np.zeros((len(at), len(NAMES)))
    found[:, ALWAYS] = 1.0
    if memory.parts is not None:
        found[:, WEEK] = memory.parts.at(at.slot)
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
    if memory.trace_when:
        found[:, FIRST_TRACE:] = _traces(memory, at, int(times[0]))
    return found, cross


def further(memory: Memory, request: Request, at: Moments, times: Ints) -> Floats:
    """len(at) × len(EXTRA): further columns, for the families that find their own shapes."""
    traits = [*memory.traits[:2].tolist(), -1, -1][:2]
    mine = [i for i in range(max(0, len(memory.at) - 8), len(memory.at)) if memory.at[i] >= request.created]
    since = (times - memory.at[-1]) / 3600.0 if memory.at else 999.0
    lately = memory.outcome[-6:]
    level = memory.parts.willing if memory.parts is not None else 0.0
    fixed = (*traits, len(memory.at), len(memory.trace_at), len(mine))
    columns = (at.quarter / 4, at.weekday, *fixed, (times - request.created) / 3600.0, np.minimum(since, 999.0),
               level, (lately.count(0) + 0.5) / (len(lately) + 2))  # fmt: skip
    found = np.empty((len(at), len(EXTRA)))
    for i, column in enumerate(columns):
        found[:, i] = column
    return found


def _on(days: Ints, special: frozenset[int] | None) -> Floats | float:
    return np.array([d in special for d in days.tolist()], dtype=float) if special else 0.0


def _traces(memory: Memory, at: Moments, now: int) -> Floats:
    """How close each moment lies to the hours of the person's latest traces, by kind."""
    then = as_moments(memory.trace_when[-RECENT:])
    same = np.where(then.weekday[:, None] == at.weekday, 1.0, OTHER_DAY)
    faded = 2.0 ** ((np.array(memory.trace_at[-RECENT:]) - now) / DAY / 60.0)
    near = NEAR[then.quarter][:, at.quarter] * same * faded[:, None] - 0.1
    kinds = np.array(memory.trace_kind[-RECENT:])[:, None] % KINDS == np.arange(KINDS)
    return np.asarray(np.tanh(near.T @ kinds))
