"""Ended requests go into figures that are kept for ever: each once, for good, before its calls are forgotten."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from samspill.callbacks.models import Attempt, Callback, CallbackSettings, ReachHour, ReachWeek
from samspill.callbacks.tally import Counts, add, hour_counts, monday, request_counts
from samspill.callbacks.work import UNDO_WITHIN
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.kit.once import reading_once
from samspill.workspace.current import workspace

PORTION = 500
BEFORE = "before"
Hours = dict[tuple[date, int], tuple[int, int]]


def count_weeks() -> int:
    """Add every request to the kept figures that has ended and can no longer change; returns how many.

    A request is counted once. What is deleted later takes nothing away, so call this before forgetting anything.
    """
    with reading_once():
        return sum(iter(_portion, 0))


@transaction.atomic
def uncount(callbacks: Iterable[int]) -> None:
    """Take requests off the figures again, because their calls are about to change; they are counted anew."""
    held = Callback.objects.select_for_update(of=("self",)).select_related("contact", "identity")
    _write(list(held.filter(pk__in=list(callbacks), counted=True)), -1)


@transaction.atomic
def _portion() -> int:
    settled = clock.now() - UNDO_WITHIN  # until then an outcome can be taken back
    free = Callback.objects.select_for_update(of=("self",), skip_locked=True)
    rows = free.exclude(state=Callback.State.OPEN).filter(counted=False, ended_at__lt=settled)
    found = list(rows.select_related("contact", "identity").order_by("ended_at", "pk")[:PORTION])
    _write(found, 1)
    if found:
        emit("callbacks.counted", actor="system", requests=len(found))
    return len(found)


def mode_of(callback: Callback, started_on: date | None) -> str:
    """Under which name it is counted: how it was planned, or `before` where that was before us."""
    is_past = started_on is not None and callback.created_at.astimezone(_zone()).date() < started_on
    return BEFORE if is_past or callback.source == Callback.Source.IMPORT else callback.mode


def week_of(moment: datetime) -> date:
    """The Monday of its week where the company is."""
    return monday(moment.astimezone(_zone()).date())


def _write(rows: list[Callback], sign: int) -> None:
    weeks, hours = _sum(rows)
    for (week, mode), counts in sorted(weeks.items()):
        ReachWeek.objects.get_or_create(week=week, mode=mode)
        held = ReachWeek.objects.select_for_update().get(week=week, mode=mode)
        held.counts = add(held.counts, counts, sign)
        held.save(update_fields=["counts"])
    for (month, slot), (calls, answers) in sorted(hours.items()):
        ReachHour.objects.get_or_create(month=month, slot=slot)
        kept = ReachHour.objects.filter(month=month, slot=slot)
        kept.update(calls=F("calls") + sign * calls, answers=F("answers") + sign * answers)
    Callback.objects.filter(pk__in=[one.pk for one in rows]).update(counted=sign > 0)


def _sum(rows: list[Callback]) -> tuple[dict[tuple[date, str], Counts], Hours]:
    attempts = _attempts(rows)
    started_on = CallbackSettings.current().started_on
    weeks: dict[tuple[date, str], Counts] = {}
    hours: Hours = {}
    for one in rows:
        key = week_of(one.created_at), mode_of(one, started_on)
        weeks[key] = add(weeks.get(key, {}), request_counts(one, attempts[one.pk]))
        for slot, (calls, answers) in hour_counts(one, attempts[one.pk]).items():
            before = hours.get(slot, (0, 0))
            hours[slot] = before[0] + calls, before[1] + answers
    return weeks, hours


def _attempts(rows: list[Callback]) -> dict[int, list[Attempt]]:
    found: dict[int, list[Attempt]] = {one.pk: [] for one in rows}
    finished = Attempt.objects.filter(callback__in=found).exclude(outcome="").select_related("decision")
    for attempt in finished.order_by("callback", "position"):
        found[attempt.callback_id].append(attempt)
    return found


def _zone() -> ZoneInfo:
    return ZoneInfo(workspace().time_zone)
