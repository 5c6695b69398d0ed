"""Callbacks from before, out of another system: they tell when people answer, and what it was like before us."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from samspill.callbacks.counting import uncount
from samspill.callbacks.models import Attempt, Callback, ReachModel
from samspill.contacts.models import Contact, Identity
from samspill.kit.events import emit
from samspill.workspace.current import workspace

ENDS = {
    "answered": Callback.State.REACHED,
    "too_late": Callback.State.LATE,
    "wrong_number": Callback.State.WRONG_NUMBER,
}
FAR = 10_000
Call = tuple[datetime, str]


@dataclass(frozen=True)
class Past:
    """One request of then: who asked when, and the calls that are known, as (moment, outcome)."""

    contact: Contact
    number: Identity | None
    asked: datetime
    calls: tuple[Call, ...]
    topic: str = ""


@transaction.atomic
def bring_past(past: Past, *, by: str) -> tuple[Callback, bool, list[int]]:
    """Keep a request of then as an ended callback, without consent: nobody is called because of it.

    Known already, it takes in the calls that are new. Returns it, whether it is new, and the calls that were added.
    """
    held = Callback.objects.select_for_update(of=("self",)).filter(
        source=Callback.Source.IMPORT, contact=past.contact, created_at=past.asked
    )
    found = held.first()
    callback = found or _made(past, by)
    known = set(callback.attempts.values_list("began_at", flat=True))
    fresh = [one for one in past.calls if one[0] not in known]
    if fresh:
        uncount([callback.pk])
    added = [_attempt(callback, place, one).pk for place, one in enumerate(fresh, FAR)]
    settle(callback)
    if found is None or fresh:
        emit("callback.imported", actor=by, contact=past.contact.pk, callback=callback.pk, calls=len(fresh))
    return callback, found is None, added


@transaction.atomic
def remove_past(callbacks: Iterable[int], *, by: str) -> int:
    """They were brought by mistake: they go, and out of the figures. Returns how many."""
    mine = Callback.objects.filter(pk__in=list(callbacks), source=Callback.Source.IMPORT)
    uncount(mine.values_list("pk", flat=True))
    removed = len(mine)
    mine.delete()
    emit("callbacks.past_removed", actor=by, callbacks=removed)
    return removed


@transaction.atomic
def remove_calls(attempts: Iterable[int]) -> None:
    """These calls were added by mistake to requests that stay."""
    mine = Attempt.objects.filter(pk__in=list(attempts), callback__source=Callback.Source.IMPORT)
    touched = list(Callback.objects.filter(attempts__in=mine).distinct())
    uncount(one.pk for one in touched)
    mine.delete()
    for one in touched:
        settle(one)


def settle(callback: Callback) -> None:
    """Put its calls into the order of time, and end it as they tell."""
    rows = list(callback.attempts.order_by("began_at", "pk"))
    for shift in (2 * FAR, 1):  # first out of each other's way
        for place, one in enumerate(rows):
            Attempt.objects.filter(pk=one.pk).update(position=shift + place)
    state = next((ENDS[one.outcome] for one in rows if one.outcome in ENDS), Callback.State.UNREACHED)
    facts: dict[str, Any] = {"state": state, "attempts_made": len(rows)}
    facts["ended_at"] = rows[-1].began_at if rows else callback.created_at
    Callback.objects.filter(pk=callback.pk).update(**facts)


@transaction.atomic
def learn_again(*, by: str) -> None:
    """The past has changed: what is known of people's hours is learned anew from all that is kept."""
    ReachModel.objects.all().delete()
    emit("callbacks.past_changed", actor=by)


def _made(past: Past, by: str) -> Callback:
    return Callback.objects.create(
        contact=past.contact, identity=past.number, source=Callback.Source.IMPORT, topic=past.topic[:1000],
        language=past.contact.language or workspace().language, asked_by=by, created_at=past.asked,
        promised_from=past.asked, promised_by=past.asked, mode=Callback.Mode.FIRST_COME,
        state=Callback.State.UNREACHED, ended_at=past.asked, ended_by=by,
    )  # fmt: skip


def _attempt(callback: Callback, place: int, call: Call) -> Attempt:
    at, outcome = call
    return Attempt.objects.create(
        callback=callback, position=place, began_at=at, ended_at=at, outcome=Attempt.Outcome(outcome)
    )
