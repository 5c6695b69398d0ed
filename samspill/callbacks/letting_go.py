"""Leaving somebody to others: another person instead, a call that never was, an agent who has left."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from samspill.callbacks import work
from samspill.callbacks.change import tell
from samspill.callbacks.errors import Refused
from samspill.callbacks.models import Attempt, Callback, CallbackSettings
from samspill.callbacks.queue import queue_for
from samspill.callbacks.times import first_opening
from samspill.kit import clock
from samspill.workspace.models import Agent

CALL_LASTS = timedelta(hours=2)
"""a call without an outcome for so long was forgotten"""


@transaction.atomic
def take_another(held: Callback, agent: Agent) -> Callback:
    """Somebody else instead of this one, who goes back. Raises Refused (nobody, calling)."""
    for queued in queue_for(agent):
        if queued.callback.pk == held.pk:
            continue
        try:
            with transaction.atomic():
                return work.take(queued.callback, agent)
        except Refused as refused:
            if refused.code == "calling":
                raise
    raise Refused("nobody")


@transaction.atomic
def drop_call(attempt: Attempt, *, by: str) -> None:
    """There was no such call: it goes, and the person stays where they are. Raises Refused (ended)."""
    held = Callback.objects.select_for_update(of=("self",)).get(pk=attempt.callback_id)
    gone, _ = Attempt.objects.filter(pk=attempt.pk, outcome="").delete()
    if not gone:
        raise Refused("ended")
    Callback.objects.filter(pk=held.pk).update(attempts_made=F("attempts_made") - 1)
    tell("callback.call_dropped", held, by)


@transaction.atomic
def leave(agent: Agent, *, by: str) -> None:
    """An agent works here no longer: whom they hold goes to the others; a call without an outcome counts as none."""
    for held in Callback.objects.select_for_update(of=("self",)).filter(taken_by=agent, state="open"):
        _abandon(held, by)


def abandoned() -> int:
    """Let go of calls nobody has said the end of; returns how many."""
    late = Attempt.objects.filter(outcome="", began_at__lt=clock.now() - CALL_LASTS, callback__state="open")
    return sum(_give_up(pk) for pk in late.values_list("callback", flat=True))


@transaction.atomic
def _give_up(pk: int) -> bool:
    rows = Callback.objects.select_for_update(of=("self",), skip_locked=True)
    held = rows.filter(pk=pk, state="open").first()
    if held is None or not held.attempts.filter(outcome="", began_at__lt=clock.now() - CALL_LASTS).exists():
        return False
    _abandon(held, "system")
    return True


def _abandon(held: Callback, by: str) -> None:
    """Perhaps they were called: the next call comes no sooner than after any other."""
    for attempt in held.attempts.filter(outcome=""):
        drop_call(attempt, by=by)
        held.attempts_made -= 1
        held.postponed_until = clock.ahead(hours=CallbackSettings.current().rest_hours)
        held.next_at = first_opening(held.postponed_until)
    held.taken_by, held.taken_at, held.planned_at, held.place = None, None, None, None
    held.save()
    tell("callback.put_back", held, by)
