"""What one request adds to the figures: plain numbers that can be added up in any order, and taken off again."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from samspill.callbacks.models import Attempt, Callback
from samspill.callbacks.people import zone

Counts = dict[str, Any]
ANSWERS = ("answered", "too_late")
REACHED = "answered"
BINS = 10
SLOTS_A_DAY = 48
# how finely hours to contact are kept: (up to, step)
STEPS = ((12.0, 0.25), (48.0, 1.0), (336.0, 4.0), (2400.0, 24.0))


def request_counts(callback: Callback, attempts: list[Attempt]) -> Counts:
    """One ended request with its finished calls, oldest first, as counts."""
    if not attempts and callback.state == Callback.State.CANCELLED:
        return {"withdrawn": 1}
    many, reached = len(attempts), _place(attempts)
    found: Counts = {"requests": 1, "attempts": many, "attempts_squared": many * many}
    found |= {"late": int(callback.state == Callback.State.LATE)} | _promise(callback, attempts)
    found["bins"] = _bins(attempts)
    if reached:
        found |= {"first": int(reached == 1), "within3": int(reached <= 3), "reached": 1}
        found |= {"attempts_of_reached": reached, "attempts_of_reached_squared": reached * reached}
        found |= _waited((attempts[reached - 1].began_at - callback.created_at).total_seconds() / 3600)
    return {name: count for name, count in found.items() if count}


def hour_counts(callback: Callback, attempts: Iterable[Attempt]) -> dict[tuple[date, int], tuple[int, int]]:
    """Calls and answers by month and half hour of the week where the customer lives."""
    number = callback.identity.value if callback.identity else ""
    where = ZoneInfo(zone(callback.contact, number))
    found: dict[tuple[date, int], tuple[int, int]] = {}
    for one in attempts:
        there = one.began_at.astimezone(where)
        slot = there.weekday() * SLOTS_A_DAY + there.hour * 2 + there.minute // 30
        calls, answers = found.get((there.date().replace(day=1), slot), (0, 0))
        found[there.date().replace(day=1), slot] = calls + 1, answers + (one.outcome in ANSWERS)
    return found


def add(left: Counts, right: Counts, sign: int = 1) -> Counts:
    """The sum, number by number; with sign -1 the right is taken off. What comes to nothing is left out."""
    found: Counts = dict(left)
    for name, count in right.items():
        found[name] = _add(found.get(name), count, sign)
    return {name: count for name, count in found.items() if _is_something(count)}


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def edge(hours: float) -> float:
    """The lower end of the span in which so many hours are kept."""
    low = 0.0
    for top, step in STEPS:
        if hours < top:
            return low + (hours - low) // step * step
        low = top
    return low


def width(lower: float) -> float:
    """How wide the span is that begins there."""
    return next((step for top, step in STEPS if lower < top), STEPS[-1][1])


def _place(attempts: list[Attempt]) -> int:
    """With which call the person was reached; 0: never."""
    return next((i for i, one in enumerate(attempts, 1) if one.outcome == REACHED), 0)


def _promise(callback: Callback, attempts: list[Attempt]) -> Counts:
    if callback.source == Callback.Source.IMPORT:
        return {}  # what was promised then is not known
    kept = bool(attempts) and attempts[0].began_at <= callback.promised_by
    return {"promised": 1, "in_time": int(kept)}


def _bins(attempts: list[Attempt]) -> Counts:
    """Forecasts by tenths: calls, answers, and the sum of what was forecast."""
    found: Counts = {}
    for one in attempts:
        chance = one.decision.chance if one.decision else None
        if chance is not None:
            tenth = str(min(int(chance * BINS), BINS - 1))
            told = {"calls": 1, "answers": int(one.outcome in ANSWERS), "chance": round(chance, 4)}
            found = add(found, {tenth: told})
    return found


def _waited(hours: float) -> Counts:
    kept = round(max(hours, 0.0), 4)
    return {"hours": kept, "hours_squared": round(kept * kept, 4), "waits": {f"{edge(kept):g}": 1}}


def _add(left: Any, right: Any, sign: int) -> Any:
    if isinstance(right, dict):
        return add(left or {}, right, sign)
    summed = (left or 0) + sign * right
    return round(summed, 4) if isinstance(summed, float) else summed


def _is_something(count: Any) -> bool:
    return bool(count) and not (isinstance(count, float) and abs(count) < 5e-5)
