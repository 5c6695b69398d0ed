"""Which of several spans of time a customer means who names a day or an hour."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from samspill.intelligence.entities.context import Context
from samspill.intelligence.entities.entity import Entity
from samspill.intelligence.entities.times import find_times

Span = tuple[datetime, datetime]
MOMENT = timedelta(minutes=1)


def meant(rows: Sequence[Mapping[str, Any]], text: str, context: Context) -> str | None:
    """The value of the row whose `from` to `until` holds what the text names; None where none does, or several do.

    An hour without a day means the first span that holds it.
    """
    spans = [(str(row["value"]), _span(row)) for row in rows if row.get("from") and row.get("until")]
    if not spans:
        return None
    here = spans[0][1][0].tzinfo  # the hours of the place that is offered
    for found in find_times(text, replace(context, now=context.now.astimezone(here))):
        shared = [(value, _shared(span, _named(found, span))) for value, span in spans]
        best = max(share for _, share in shared)
        fitting = [value for value, share in shared if share == best and best]
        if len(fitting) == 1 or (fitting and found.kind.startswith("time")):
            return fitting[0]
    return None


def _span(row: Mapping[str, Any]) -> Span:
    return datetime.fromisoformat(str(row["from"])), datetime.fromisoformat(str(row["until"]))


def _named(found: Entity, near: Span) -> Span:
    """What was named as a span of time, on the day of `near` where it names none."""
    begins, _, ends = found.value.partition("/")
    if found.kind.startswith("time"):
        start = _at(near[0], begins)
        return start, _at(near[0], ends) if ends else start + MOMENT
    if found.kind.startswith("date") and "T" not in begins:
        start, last = _midnight(begins, near[0]), _midnight(ends or begins, near[0])
        return start, last + timedelta(days=1)
    if not found.kind.startswith("datetime"):
        return near[1], near[1]
    start = datetime.fromisoformat(begins)
    return start, datetime.fromisoformat(ends) if ends else start + MOMENT


def _at(day: datetime, hour: str) -> datetime:
    return datetime.combine(day.date(), time.fromisoformat(hour), day.tzinfo)


def _midnight(day: str, near: datetime) -> datetime:
    return datetime.combine(datetime.fromisoformat(day).date(), time(), near.tzinfo)


def _shared(one: Span, other: Span) -> float:
    return max(0.0, (min(one[1], other[1]) - max(one[0], other[0])).total_seconds())
