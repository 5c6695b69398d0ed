"""What is no longer needed goes, each day; the figures that were counted from it stay."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef, Q
from django.db.models.functions import TruncDay

from samspill.callbacks import learned
from samspill.callbacks.alone import wait_alone
from samspill.callbacks.counting import count_weeks
from samspill.callbacks.models import Attempt, Callback, CallbackSettings, Decision, Forgetting
from samspill.contacts.models import Code, Contact, Identity
from samspill.kit import clock
from samspill.kit.events import emit

MONTH = timedelta(days=30.44)
WITH_IT = timedelta(minutes=5)
"""a number noted so close to the first callback for it was known from nowhere else"""


def forget(*, by: str = "system") -> Forgetting | None:
    """Forget numbers and calls that are older than the settings allow; the report, or None when nothing was due.

    What was learned from them goes too and is learned anew from what is left.
    """
    count_weeks()
    with transaction.atomic():
        wait_alone()
        kept = CallbackSettings.current()
        calls = _calls(clock.now() - kept.call_months * MONTH)
        numbers = _numbers(clock.now() - kept.number_months * MONTH)
        gone = _learned_of_nobody()
        if not (calls or numbers or gone):
            return None
        learned.drop()
        report = Forgetting.objects.create(by=by, numbers=numbers, calls=calls)
        emit("callbacks.forgotten", actor=by, forgetting=report.pk, numbers=numbers, calls=calls)
        return report


def _calls(before: datetime) -> int:
    """Calls, decisions, topics and reasons of callbacks that ended before; of the end only the day stays."""
    old = Callback.objects.exclude(state="open").filter(ended_at__lt=before, counted=True)
    told = (
        ~Q(topic="")
        | ~Q(reasons=[])
        | ~Q(others=[])
        | Exists(Attempt.objects.filter(callback=OuterRef("pk")))
    )
    due = list(old.filter(told).values_list("pk", flat=True))
    calls = Attempt.objects.filter(callback__in=due).delete()[1].get("samspill.Attempt", 0)
    Decision.objects.filter(callback__in=due).delete()
    Callback.objects.filter(pk__in=due).update(
        topic="", reasons=[], others=[], chance=None, gain=None, ended_at=TruncDay("ended_at")
    )
    return calls


def _numbers(before: datetime) -> int:
    """Numbers without a callback that is open or ended since; the address itself where nothing else needs it."""
    lately = Callback.objects.filter(identity=OuterRef("pk")).filter(
        Q(state="open") | Q(ended_at__gte=before)
    )
    old = Identity.objects.filter(kind=Identity.Kind.PHONE, callbacks__isnull=False)
    due = list(old.exclude(Exists(lately)).distinct().values_list("pk", flat=True))
    ours = _known_from_callbacks_alone(due)
    Callback.objects.filter(identity__in=due).update(identity=None)
    Identity.objects.filter(pk__in=ours).delete()
    return len(due)


def _known_from_callbacks_alone(numbers: list[int]) -> list[int]:
    """Not proven, in no conversation or code, given by nobody else, and noted when its first callback was."""
    rows = Identity.objects.filter(pk__in=numbers, verified_at=None, conversations=None)
    rows = rows.annotate(first=Min("callbacks__created_at")).filter(created_at__gte=F("first") - WITH_IT)
    codes = Code.objects.filter(Q(identity=OuterRef("pk")) | Q(visitor=OuterRef("pk")))
    return list(rows.exclude(Exists(codes)).values_list("pk", flat=True))


def _learned_of_nobody() -> bool:
    """Whether something is still known of people who are gone."""
    try:
        found: Any = learned.load()
    except learned.Unreadable:
        return False
    people = set(found.knowledge.people) if found else set()
    return len(people) > Contact.objects.filter(pk__in=people).count()
