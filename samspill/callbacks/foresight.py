"""What positions of the dial would bring this company, foreseen from its own last weeks."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from statistics import fmean, median
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from samspill.callbacks import facts, learned
from samspill.callbacks.models import Attempt, Callback, CallbackSettings, Caller, Foresight
from samspill.callbacks.reach.dial import setting
from samspill.callbacks.reach.foreseeing import Past, foresee
from samspill.callbacks.rules import rules
from samspill.callbacks.times import openings
from samspill.kit import clock
from samspill.kit.events import emit

WEEKS, FEWEST, MOST, DRAWS = 6, 60, 240, 3
POSITIONS = (0.0, 0.25, 0.5, 0.75, 1.0)
NEAR = 0.04
STUCK = timedelta(hours=1)
EVERY_QUARTER = 10**6


@transaction.atomic
def work_out(*, by: str) -> Foresight | None:
    """Have it worked out anew; the one that is being worked out where there is one, None with too little to go by."""
    running = Foresight.objects.filter(done_at=None, at__gt=clock.now() - STUCK).last()
    if running:
        return running
    rows = list(_past().values_list("created_at", flat=True))
    if len(rows) < FEWEST:
        return None
    present = CallbackSettings.current().dial
    wanted = sorted({present, *(one for one in POSITIONS if abs(one - present) > NEAR)})
    row = Foresight.objects.create(
        by=by, present=present, wanted=wanted, requests=len(rows), since=min(rows), came=_came()
    )
    Foresight.objects.filter(pk__lt=row.pk - 30).delete()
    emit("callbacks.foresight_asked", actor=by, foresight=row.pk)
    return row


def next_point(pk: int) -> bool:
    """Work out the next position, in some seconds; whether another is left."""
    row = Foresight.objects.filter(pk=pk).first()
    if row is None or not row.wanted:
        return False
    position = row.wanted[0]
    found = _foreseen(position)
    with transaction.atomic():
        row = Foresight.objects.select_for_update().get(pk=pk)
        if position in row.wanted:
            row.wanted.remove(position)
            row.points = sorted([*row.points, {"position": position, "figures": found}], key=_position)
        if not row.wanted and row.done_at is None:
            row.done_at = clock.now()
            emit("callbacks.foreseen", actor=row.by, foresight=row.pk, positions=len(row.points))
        row.save()
    return bool(row.wanted)


def history() -> int:
    """How many callbacks of the last weeks there are to go by."""
    return _past().count()


def _past() -> QuerySet[Callback]:
    """Callbacks of the last weeks that are over and were called."""
    rows = Callback.objects.exclude(state="open").exclude(source="import").filter(attempts_made__gt=0)
    return rows.filter(created_at__gte=clock.ago(weeks=WEEKS), attempts__isnull=False).distinct()


def _position(point: dict[str, Any]) -> float:
    return float(point["position"])


def _foreseen(position: float) -> dict[str, list[float]]:
    known = learned.load()
    if known is None:
        raise LookupError("nothing has been learned yet")
    past = _as_past(known)
    found = foresee(known.knowledge, known.patience, rules(), setting(position), past.thinned(MOST), DRAWS)
    return {name: [round(x, 4) for x in asdict(one).values()] for name, one in found.items()}


def _as_past(known: learned.Learned) -> Past:
    rows = _past().select_related("contact", "identity").order_by("created_at")
    asked = [facts.request(one) for one in rows if one.contact_id in known.knowledge.people]
    first = datetime.fromtimestamp(asked[0].created, clock.now().tzinfo)
    until = asked[-1].created + (CallbackSettings.current().days + 1) * 86400
    steps = [int(moment.timestamp()) for moment in openings(first, EVERY_QUARTER)]
    coming = np.array([step for step in steps if step <= until], dtype=np.int64)
    return Past(asked, coming, np.full(len(coming), _seats()), _ends())


def _seats() -> float:
    """Calls in a quarter of an hour by those who make calls now."""
    there = Caller.objects.filter(on_duty=True, agent__is_active=True).count() or 1
    return there * CallbackSettings.current().calls_per_hour / 4


def _ends() -> float:
    """How often a failed call was the end: a wrong number, or somebody who wants no more calls."""
    failed = (
        Attempt.objects.filter(callback__in=_past()).exclude(outcome__in=("answered", "too_late", "")).count()
    )
    over = _past().filter(state__in=(Callback.State.WRONG_NUMBER, Callback.State.CANCELLED)).count()
    return min(over / failed, 0.5) if failed else 0.0


def _came() -> dict[str, float]:
    """The same figures as they really came."""
    rows = list(_past().prefetch_related("attempts"))
    calls = [sorted(one.attempts.all(), key=lambda call: call.position) for one in rows]
    reached = [(one, made) for one, made in zip(rows, calls, strict=True) if made[-1].outcome == "answered"]
    hours = [(made[-1].began_at - one.created_at).total_seconds() / 3600 for one, made in reached]
    first = [made[0].outcome == "answered" for made in calls]
    told = {
        "first": fmean(first), "reached": len(reached) / len(rows), "calls": fmean(map(len, calls)),
        "calls_reached": _mean([len(made) for _, made in reached]),
        "hours_mean": _mean(hours), "hours_median": median(hours) if hours else 0.0,
    }  # fmt: skip
    return {name: round(value, 4) for name, value in told.items()}


def _mean(values: Sequence[float]) -> float:
    return fmean(values) if values else 0.0
