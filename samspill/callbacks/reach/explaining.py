"""Why this time: reasons as codes and numbers, true to the model; the pages put them into words.

Each part of the forecast is compared with the same part over the other coming moments. A part that speaks for or
against the moment by more than a little becomes a reason; counts are added only where they point the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .board import Plan
from .clock import Floats, moment
from .knowing import Knowledge
from .memory import Memory
from .profiles import ANSWERED, SLOTS
from .signals import (
    ALWAYS,
    FIRST_TRACE,
    FRESH,
    HABIT,
    NAMES,
    PUBLIC,
    SCHOOL,
    SHAPE,
    UNWANTED,
    USUAL,
    WANTED,
    WEEK,
    WILLING,
)

LEAST = 0.08
NEAR = 6
"""quarters of an hour around a moment that count as the same time of day"""
PARTS = {
    "habit": [HABIT],
    "people_like_them": [USUAL, WILLING, SHAPE],
    "public_holiday": [PUBLIC],
    "school_holiday": [SCHOOL],
    "wanted_time": [WANTED, UNWANTED],
    "just_asked": list(range(FRESH, FIRST_TRACE)),
    "own_activity": list(range(FIRST_TRACE, len(NAMES))),
}


@dataclass(frozen=True)
class Reason:
    """One reason: its code, what it adds to the log odds against other moments, and the numbers to be told."""

    code: str
    effect: float
    numbers: dict[str, int] = field(default_factory=dict)


def reasons(knowledge: Knowledge, person: int, plan: Plan, at: int) -> list[Reason]:
    """Reasons for and against calling at this moment of the plan, the strongest first."""
    i = plan.index(at)
    if not 0 <= i < len(plan.rows):
        return []
    memory = knowledge.people[person]
    found = []
    for code, columns in PARTS.items():
        effect = _effect(knowledge.weights, plan.rows, columns, i)
        if abs(effect) >= LEAST:
            found.append(_with_numbers(code, effect, memory, at))
    rest = float(plan.odds[i] - plan.odds.mean()) - sum(r.effect for r in found)
    if abs(rest) >= 3 * LEAST:
        found.append(Reason("other_models", rest))
    return sorted(found, key=lambda r: -abs(r.effect))


def _effect(weights: Floats, rows: Floats, columns: list[int], i: int) -> float:
    part = rows[:, columns] @ weights[columns]
    return float(part[i] - part.mean())


def _with_numbers(code: str, effect: float, memory: Memory, at: int) -> Reason:
    """A habit is told by counts: on this weekday at this hour, or else at this hour on any day."""
    if code != "habit":
        return Reason(code, effect, {"traces": len(memory.trace_at)} if code == "own_activity" else {})
    quarter, weekday, *_ = moment(at, memory.person.zone)
    share = memory.outcome.count(ANSWERED) / max(1, len(memory.outcome))
    for name, days in (("habit_weekday", [weekday]), ("habit_time", list(range(7)))):
        answered, tried = _counts(memory, quarter, days)
        agrees = tried and (answered / tried > share) == (effect > 0) and answered / tried != share
        if tried >= 2 and agrees:
            hours = {"from": max(0, quarter - NEAR) * 15, "until": min(96, quarter + NEAR + 1) * 15}
            return Reason(name, effect, {"answered": answered, "tried": tried, "weekday": weekday, **hours})
    return Reason(
        "habit_level", effect, {"answered": memory.outcome.count(ANSWERED), "tried": len(memory.outcome)}
    )


def _counts(memory: Memory, quarter: int, days: list[int]) -> tuple[int, int]:
    near = [
        o
        for o, w in zip(memory.outcome, memory.when, strict=True)
        if w[1] in days and abs(w[0] - quarter) <= NEAR
    ]
    return near.count(ANSWERED), len(near)


def heat_map(knowledge: Knowledge, person: int) -> Floats:
    """Weekdays × half hours: the chance of an answer in an ordinary week, by type."""
    memory = knowledge.people[person]
    if knowledge.types is not None:
        memory.believe(knowledge.types, knowledge.reach, knowledge.trust.weights, knowledge.weights[WEEK])
    if memory.parts is None:
        return np.full((7, 48), 0.5)
    week = memory.parts.at(np.arange(SLOTS)) @ knowledge.weights[WEEK] + knowledge.weights[ALWAYS]
    return np.asarray((1 / (1 + np.exp(-knowledge.calibration.tell(week)))).reshape(7, 48))
