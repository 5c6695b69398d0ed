"""What is stored about a callback, for the customer to take along."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.callbacks.link import Opened
from samspill.callbacks.models import Callback, CallbackSettings, ComingWeek
from samspill.callbacks.number import shown
from samspill.callbacks.permission import CALL, PLAN
from samspill.callbacks.told import why
from samspill.callbacks.weeks import DAYS, HOURS, UNKNOWN
from samspill.contacts.models import Consent, Contact


def kept(found: Opened) -> dict[str, Any]:
    """Everything kept of the callbacks that this link may show: its own, and where it came by mail the others that
    are told of at the same address."""
    return {
        "callbacks": [_one(callback, found.proven) for callback in _rows(found)],
        "permissions": _permissions(found.callback.contact),
        "kept_for": kept_for(),
    }


def kept_for() -> dict[str, str]:
    """How long each kind of data is kept, in words."""
    settings = CallbackSettings.current()
    return {
        "phone_number": _months(settings.number_months),
        "calls": _months(settings.call_months),
        "figures": _("Counts without names or numbers are kept without a limit."),
    }


def _months(count: int) -> str:
    return ngettext("%(n)d month", "%(n)d months", count) % {"n": count}


def _rows(found: Opened) -> QuerySet[Callback]:
    callback, mine = found.callback, Q(pk=found.callback.pk)
    if found.proven and callback.told_at_id:
        mine |= Q(contact=callback.contact_id, told_at=callback.told_at_id)
    rows = Callback.objects.filter(mine).select_related("contact", "identity", "consent")
    return rows.prefetch_related("attempts").order_by("pk")


def _one(callback: Callback, proven: bool) -> dict[str, Any]:
    return {
        "number": shown(callback.identity.value) if callback.identity else None,
        "topic": callback.topic,
        "language": callback.language,
        "asked_by_way_of": callback.source,
        "asked_at": _at(callback.created_at),
        "promised": [_at(callback.promised_from), _at(callback.promised_by)],
        "planned_for": _at(callback.next_at),
        "how_the_time_is_found": callback.mode,
        "why_this_time": why(callback, personal=proven) if callback.is_open else [],
        "chance_of_an_answer": callback.chance if proven else None,
        "chances_in_the_coming_week": _week(callback) if proven else {},
        "calls": [
            _call(one.began_at, one.ended_at, one.outcome) for one in callback.attempts.order_by("position")
        ],
        "state": callback.state,
        "ended_at": _at(callback.ended_at),
        "consent": _consent(callback.consent) if callback.consent else None,
    }


def _week(callback: Callback) -> dict[str, list[int | None]]:
    """Percent by day and hour, None for hours that were over when it was worked out."""
    found = ComingWeek.objects.filter(callback=callback).first()
    if found is None:
        return {}
    told = [None if one == UNKNOWN else one for one in bytes(found.chances)]
    return {
        (found.day + timedelta(days=day)).isoformat(): told[day * HOURS : (day + 1) * HOURS]
        for day in range(DAYS)
    }


def _call(began: datetime, ended: datetime | None, outcome: str) -> dict[str, Any]:
    return {"began_at": _at(began), "ended_at": _at(ended), "outcome": outcome or "ringing"}


def _permissions(contact: Contact) -> list[dict[str, Any]]:
    rows = Consent.objects.filter(contact=contact, purpose__in=(CALL, PLAN), channel="phone").order_by("pk")
    return [_consent(row) for row in rows]


def _consent(row: Consent) -> dict[str, Any]:
    return {"purpose": row.purpose, "given": row.given, "text": row.wording, "at": _at(row.at)}


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
