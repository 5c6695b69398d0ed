"""Callbacks that have ended, as rows: what the figures are counted from."""

from datetime import datetime, timedelta
from itertools import count

from samspill.callbacks.models import Attempt, Callback, Decision
from samspill.contacts.models import Identity
from samspill.contacts.recognise import recognise

ENDS = {"answered": "reached", "too_late": "late", "wrong_number": "wrong_number"}
_numbers = count(10_000)
Calls = list[tuple[float, str]]


def number() -> Identity:
    """Somebody with a Norwegian mobile of their own."""
    return recognise("phone", f"+479{next(_numbers):07d}")


def ended(
    asked: datetime,
    calls: Calls,
    mode: str = "planned",
    *,
    state: str = "",
    who: Identity | None = None,
    chances: list[float] | None = None,
    source: str = "chat",
) -> Callback:
    """Asked then, called so many hours later with these outcomes, ended with the last call."""
    who = who or number()
    last = asked + timedelta(hours=calls[-1][0] if calls else 1)
    callback = Callback.objects.create(
        contact=who.contact, identity=who, source=source, language="nb", asked_by="test", created_at=asked, mode=mode,
        promised_from=asked, promised_by=asked + timedelta(hours=4), attempts_made=len(calls), ended_at=last,
        state=state or ENDS.get(calls[-1][1] if calls else "", "unreached"), ended_by="test",
    )  # fmt: skip
    for place, (hours, outcome) in enumerate(calls, 1):
        at = asked + timedelta(hours=hours)
        chosen = chances and Decision.objects.create(
            callback=callback, at=at, mode=mode, chance=chances[place - 1]
        )
        Attempt.objects.create(
            callback=callback,
            position=place,
            began_at=at,
            ended_at=at,
            outcome=outcome,
            decision=chosen or None,
        )
    return callback
