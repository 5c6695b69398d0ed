"""How the sample company's calls went: people with habits, called at times that a company calls at."""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from samspill.workspace.hours import DAYS

MOST, REST, LOOKS = 5, timedelta(hours=2), 60
FAILURES = ("no_answer",) * 12 + ("voicemail",) * 5 + ("busy",) * 2 + ("declined",)
ENDS = {"answered": "reached", "wrong_number": "wrong_number"}


@dataclass(frozen=True)
class Habit:
    """When somebody picks up, in their own time."""

    zone: ZoneInfo
    good: list[tuple[list[str], float, float, float]]
    other: float

    @classmethod
    def of(cls, facts: dict[str, Any], zone: str) -> "Habit":
        return cls(ZoneInfo(zone), [tuple(one) for one in facts["good"]], facts["else"])

    def chance(self, moment: datetime) -> float:
        """Of an answer; 0 where nobody may be called."""
        local = moment.astimezone(self.zone)
        hour, day = local.hour + local.minute / 60, DAYS[local.weekday()]
        if not 8 <= hour < 20 or day == "sun":
            return 0.0
        best = [chance for days, start, end, chance in self.good if day in days and start <= hour < end]
        return max([self.other, *best])


@dataclass
class Course:
    """One callback from the wish to its end: `calls` are moments, chances and outcomes."""

    created: datetime
    mode: str
    calls: list[tuple[datetime, float, str]] = field(default_factory=list)
    state: str = ""
    ended: datetime | None = None


def course(
    habit: Habit, created: datetime, mode: str, quarters: list[datetime], rng: Random
) -> Course | None:
    """How it went; None when it would not be over by the last of the `quarters` in which calls were made."""
    found, after = Course(created, mode), created + timedelta(minutes=rng.randint(4, 25))
    for _ in range(MOST):
        ahead = (q for q in quarters[bisect_left(quarters, after) :] if habit.chance(q))
        at = _moment(habit, mode, list(islice(ahead, LOOKS)), rng)
        if at is None:
            return None
        outcome = _outcome(habit.chance(at), rng)
        found.calls.append((at + timedelta(minutes=rng.randint(0, 9)), habit.chance(at), outcome))
        after = at + REST
        if outcome in ENDS:
            break
    last, _, outcome = found.calls[-1]
    found.state, found.ended = ENDS.get(outcome, "unreached"), last + timedelta(minutes=rng.randint(1, 9))
    return found


def _moment(habit: Habit, mode: str, free: list[datetime], rng: Random) -> datetime | None:
    """Planned calls mostly find a good hour; the others are made as soon as somebody has time."""
    if not free:
        return None
    if mode != "planned" or rng.random() < 0.3:
        return free[min(rng.randint(0, 5), len(free) - 1)]
    return max(free, key=lambda at: habit.chance(at) - (at - free[0]).total_seconds() / 3600 / 60)


def _outcome(chance: float, rng: Random) -> str:
    if rng.random() < chance:
        return "answered"
    return "wrong_number" if rng.random() < 0.005 else rng.choice(FAILURES)
