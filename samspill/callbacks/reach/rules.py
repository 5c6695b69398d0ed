"""When calling is allowed and how often, per country, as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .clock import DAY, HOUR, Ints, Moments

Span = tuple[float, float]
Day = Span | tuple[Span, ...] | None
Bools = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


NEVER = (25.0, 25.0)


def spans_of(day: Sequence[Any] | None) -> tuple[Span, ...]:
    """The spans of a day, which is written as one span, as several, or as None."""
    if not day:
        return ()
    several = day if isinstance(day[0], (tuple, list)) else [day]
    return tuple((float(start), float(end)) for start, end in several)


@dataclass(frozen=True)
class Hours:
    """Local hours from and until when calls are allowed, per weekday (Monday first): a span, several with breaks
    between them, or None: never on that day."""

    week: tuple[Day, ...] = ((7.0, 21.0),) * 7
    holidays: bool = True


@dataclass(frozen=True)
class Rules:
    """Legal hours per country (the default for all others), rest between two calls, calls within 24 hours, and in
    all."""

    default: Hours = field(default_factory=Hours)
    countries: dict[str, Hours] = field(default_factory=dict)
    rest: int = 2 * HOUR
    per_day: int = 3
    attempts: int = 5
    days: float = 7.0

    def allowed(self, at: Moments, country: str, public: frozenset[int], holiday_free: bool = True) -> Bools:
        """Which of these local moments are legal."""
        hours = self.countries.get(country, self.default)
        week = [spans_of(day) for day in hours.week]
        fine = np.zeros(len(at), dtype=bool)
        for i in range(max(map(len, week))):
            start, end = np.array([day[i] if i < len(day) else NEVER for day in week])[at.weekday].T
            fine |= (at.quarter / 4 >= start) & (at.quarter / 4 + 0.25 <= end)
        if hours.holidays or not public:
            return np.asarray(fine)
        return np.asarray(fine & ~np.isin(at.day, list(public)))

    def rested(self, times: Ints, called: Sequence[int]) -> Bools:
        """Which moments leave the person alone long enough after the calls so far."""
        if not called:
            return np.ones(len(times), dtype=bool)
        free = times >= max(called) + self.rest
        if len(called) >= self.per_day:
            free &= times >= sorted(called)[-self.per_day] + DAY
        return np.asarray(free)

    def may(self, now: int, called: Sequence[int]) -> bool:
        """Whether the person has been left alone long enough by now."""
        if not called:
            return True
        many = len(called) >= self.per_day and now < sorted(called)[-self.per_day] + DAY
        return now >= max(called) + self.rest and not many
