"""Writes plans on callbacks: in one statement, only what changed, and never over what happened meanwhile."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from samspill.callbacks.models import Callback

COLUMNS = ("next_at", "chance", "reasons", "others", "place", "gain")
WHOLE = """UPDATE samspill_callback c SET planned_at = %s, next_at = v.next_at, chance = v.chance,
        reasons = v.reasons, others = v.others, place = v.place, gain = v.gain
    FROM jsonb_to_recordset(%s) AS v(id bigint, attempts int, before timestamptz, next_at timestamptz, chance float8,
        reasons jsonb, others jsonb, place int, gain float8)
    WHERE c.id = v.id AND c.state = 'open' AND c.attempts_made = v.attempts
        AND c.planned_at IS NOT DISTINCT FROM v.before"""
SEEN = """UPDATE samspill_callback c SET planned_at = %s
    FROM jsonb_to_recordset(%s) AS v(id bigint, attempts int, before timestamptz)
    WHERE c.id = v.id AND c.state = 'open' AND c.attempts_made = v.attempts
        AND c.planned_at IS NOT DISTINCT FROM v.before"""


@dataclass(frozen=True)
class Stand:
    """How a callback stood when planning began."""

    attempts: int
    before: datetime | None
    plan: tuple[Any, ...]

    @classmethod
    def of(cls, one: Callback) -> "Stand":
        return cls(one.attempts_made, one.planned_at, _plan(one))


def write(rows: Iterable[Callback], stands: dict[int, Stand], now: datetime) -> None:
    """Write the plans; a callback that was called, moved or ended since keeps what that made of it."""
    changed, same = [], []
    for one in rows:
        stood = stands[one.pk]
        key = {"id": one.pk, "attempts": stood.attempts, "before": _iso(stood.before)}
        if _plan(one) == stood.plan:
            same.append(key)
        else:
            changed.append(key | {name: _value(getattr(one, name)) for name in COLUMNS})
    with connection.cursor() as cursor:
        for statement, given in ((WHOLE, changed), (SEEN, same)):
            if given:
                cursor.execute(statement, [now, json.dumps(given)])


def _plan(one: Callback) -> tuple[Any, ...]:
    return tuple(getattr(one, name) for name in COLUMNS)


def _value(value: Any) -> Any:
    return _iso(value) if isinstance(value, datetime) else value


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
