"""Writes plans on callbacks: in one statement, only what changed, and never over what happened meanwhile."""

import json
from datetime import datetime
from typing import Any

from django.db import connection

from samspill.callbacks.models import Callback

PLAN = ("next_at", "chance", "reasons", "others", "place", "gain")
STANDING = (
    "state", "attempts_made", "taken_by_id", "mode", "not_before", "postponed_until", "fixed_at",
)  # fmt: skip
WRITE = """UPDATE samspill_callback c SET next_at = v.next_at, chance = v.chance, reasons = v.reasons,
        others = v.others, place = v.place, gain = v.gain
    FROM jsonb_to_recordset(%s) AS v(id bigint, next_at timestamptz, chance float8, reasons jsonb, others jsonb,
        place int, gain float8)
    WHERE c.id = v.id"""


def write(rows: dict[int, Callback], before: dict[int, tuple[Any, ...]], now: datetime) -> None:
    """Write the plans, in the caller's transaction; `before` is what `plan_of` said when planning began."""
    same = _unchanged(rows)
    changed = [_told(one) for one in same if plan_of(one) != before[one.pk]]
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [json.dumps(changed)])
    Callback.objects.filter(pk__in=[one.pk for one in same]).update(planned_at=now)


def plan_of(one: Callback) -> tuple[Any, ...]:
    """What is planned for it, to be compared."""
    return tuple(getattr(one, name) for name in PLAN)


def _unchanged(rows: dict[int, Callback]) -> list[Callback]:
    """Those that stand as they did when the plan was begun, held from here on; for the others it is made anew soon."""
    held = Callback.objects.select_for_update(of=("self",)).filter(pk__in=rows).order_by("pk")
    now = {pk: tuple(standing) for pk, *standing in held.values_list("pk", *STANDING)}
    return [one for pk, one in rows.items() if now.get(pk) == tuple(getattr(one, n) for n in STANDING)]


def _told(one: Callback) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in PLAN}
    assert one.next_at is not None
    return {"id": one.pk, **told, "next_at": one.next_at.isoformat()}
