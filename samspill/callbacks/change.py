"""What the customer, or somebody for them, changes in an open callback."""

from django.db import transaction

from samspill.callbacks import permission
from samspill.callbacks.errors import Refused
from samspill.callbacks.lot import draw
from samspill.callbacks.models import Attempt, Callback, ComingWeek
from samspill.callbacks.times import Span, first_opening
from samspill.kit import clock
from samspill.kit.events import emit


@transaction.atomic
def move(callback: Callback, wanted: Span, *, by: str) -> Callback:
    """Call in this span instead. Raises Refused (past, ended, calling)."""
    held = _held(callback)
    if wanted[1] <= clock.now():
        raise Refused("past")
    held.promised_from, held.promised_by = wanted
    held.not_before, held.fixed_at, held.postponed_until = wanted[0], None, None
    held.next_at, held.planned_at, held.place = first_opening(wanted[0]), None, None
    held.save()
    tell("callback.moved", held, by)
    return held


@transaction.atomic
def cancel(callback: Callback, *, by: str) -> Callback:
    """Do not call any more. Raises Refused (ended, calling)."""
    held = _held(callback)
    end(held, Callback.State.CANCELLED, by=by)
    return held


@transaction.atomic
def choose_classic(callback: Callback, *, classic: bool, by: str) -> Callback:
    """Call in order of arrival, without a model, from now on and for every later callback; or take that back."""
    held = Callback.objects.select_for_update(of=("self",)).select_related("contact").get(pk=callback.pk)
    permission.choose_classic(held.contact, classic=classic)
    for one in Callback.objects.filter(contact=held.contact, state="open"):
        draw(one)
    Callback.objects.filter(contact=held.contact, state="open").update(planned_at=None, place=None)
    ComingWeek.objects.filter(callback__contact=held.contact_id).delete()
    tell("callback.classic_chosen" if classic else "callback.planning_allowed", held, by)
    return Callback.objects.get(pk=held.pk)


@transaction.atomic
def never_call(callback: Callback, *, by: str) -> None:
    """The customer wants no calls any more: every open callback of theirs is cancelled; one that rings now goes on."""
    permission.refuse(callback.contact)
    rows = Callback.objects.select_for_update(of=("self",)).filter(contact=callback.contact_id, state="open")
    for held in rows.exclude(attempts__outcome=""):
        end(held, Callback.State.CANCELLED, by=by)
    tell("callback.calls_refused", callback, by)


def end(callback: Callback, state: str, *, by: str) -> None:
    """Write the end down, in the caller's transaction."""
    callback.state, callback.ended_at, callback.ended_by = state, clock.now(), by
    callback.next_at, callback.place, callback.taken_by, callback.taken_at = None, None, None, None
    callback.save()
    tell("callback.ended", callback, by, state=str(state))


def tell(kind: str, callback: Callback, by: str, **facts: object) -> None:
    emit(
        kind, actor=by, contact=callback.contact_id, conversation=callback.conversation_id,
        callback=callback.pk, **facts,
    )  # fmt: skip


def _held(callback: Callback) -> Callback:
    held = Callback.objects.select_for_update(of=("self",)).select_related("contact").get(pk=callback.pk)
    if not held.is_open:
        raise Refused("ended")
    if Attempt.objects.filter(callback=held, outcome="").exists():
        raise Refused("calling")
    return held
