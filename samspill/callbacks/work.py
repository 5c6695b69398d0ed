"""An agent at work: the next person, the call, how it ended."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from samspill.callbacks import permission
from samspill.callbacks.change import end, tell
from samspill.callbacks.errors import Refused
from samspill.callbacks.models import Attempt, Callback, CallbackSettings, Decision
from samspill.callbacks.permission import may_call
from samspill.callbacks.queue import Queued, queue_for
from samspill.callbacks.times import first_opening
from samspill.kit import clock
from samspill.workspace.models import Agent

UNDO_WITHIN = timedelta(minutes=15)
ENDS = {
    "answered": Callback.State.REACHED,
    "too_late": Callback.State.LATE,
    "wrong_number": Callback.State.WRONG_NUMBER,
}


@transaction.atomic
def take_next(agent: Agent) -> Callback | None:
    """Give the agent whoever should be called now, with the decision written down; None when nobody is due."""
    one_hand(agent)
    held = holding(agent)
    if held:
        return held
    for queued in queue_for(agent):
        if taken := _take(queued.callback.pk, agent, queued):
            return taken
    return None


@transaction.atomic
def take(callback: Callback, agent: Agent) -> Callback:
    """Give the agent this person, whatever was proposed. Raises Refused (taken, ended, calling, forgotten)."""
    one_hand(agent)
    make_room(agent, callback)
    taken = _take(callback.pk, agent, None)
    if taken is None:
        found = Callback.objects.get(pk=callback.pk)
        raise Refused("taken" if found.is_open else "ended")
    return taken


def one_hand(agent: Agent) -> None:
    """What an agent presses twice at once is done one after the other."""
    Agent.objects.select_for_update(no_key=True).get(pk=agent.pk)


def make_room(agent: Agent, wanted: Callback) -> None:
    """Whoever else the agent has before them goes back; both rows are locked in one order. Raises Refused (calling)."""
    held = holding(agent)
    if held and held.pk != wanted.pk:
        rows = Callback.objects.select_for_update(of=("self",)).filter(pk__in=[held.pk, wanted.pk])
        list(rows.order_by("pk").values_list("pk"))
        put_back(held, agent)


def holding(agent: Agent) -> Callback | None:
    """The person the agent has before them."""
    return Callback.objects.filter(taken_by=agent, state="open").select_related("contact", "identity").first()


@transaction.atomic
def put_back(callback: Callback, agent: Agent) -> None:
    """Leave the person to the others. Raises Refused (calling)."""
    held = _held(callback)
    if held.taken_by_id != agent.pk:
        return
    _no_call(held)
    _free(held)
    tell("callback.put_back", held, agent.actor)


@transaction.atomic
def call(callback: Callback, agent: Agent) -> Attempt:
    """A call begins. Raises Refused (taken, ended, calling, forgotten, never_call); pressed twice, it is one call."""
    one_hand(agent)
    make_room(agent, callback)
    held = _held(callback)
    if held.taken_by_id not in (None, agent.pk):
        raise Refused("taken")
    if held.identity_id is None:
        raise Refused("forgotten")
    if not may_call(held.contact):
        raise Refused("never_call")
    ringing = held.attempts.filter(outcome="").first()
    if ringing:
        return ringing
    held.taken_by, held.taken_at, held.attempts_made = agent, clock.now(), held.attempts_made + 1
    held.save(update_fields=["taken_by", "taken_at", "attempts_made"])
    attempt = Attempt.objects.create(
        callback=held, position=held.attempts_made, agent=agent, began_at=clock.now(),
        decision=held.decisions.filter(attempt=None, agent=agent).order_by("-id").first(),
    )  # fmt: skip
    tell("callback.called", held, agent.actor, attempt=attempt.pk)
    return attempt


@transaction.atomic
def finish(attempt: Attempt, outcome: str, *, by: str) -> Callback:
    """The call has ended this way; the callback ends with it, or its next step is set. Done twice, it is once."""
    held = Callback.objects.select_for_update(of=("self",)).get(pk=attempt.callback_id)
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.outcome == outcome:
        return held
    if attempt.outcome:
        raise Refused("ended")
    Attempt.objects.filter(pk=attempt.pk).update(outcome=Attempt.Outcome(outcome), ended_at=clock.now())
    _after(held, outcome, by)
    tell("callback.finished", held, by, attempt=attempt.pk, outcome=outcome)
    return held


@transaction.atomic
def take_back(attempt: Attempt, *, by: str) -> Callback:
    """The outcome was a slip: the call rings again, in the hands of whoever made it; whom they hold by now goes back.

    Raises Refused (past, taken, calling).
    """
    if attempt.agent:
        one_hand(attempt.agent)
        make_room(attempt.agent, attempt.callback)
    held = Callback.objects.select_for_update(of=("self",)).get(pk=attempt.callback_id)
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    last = held.attempts.order_by("-position").first()
    if attempt.ended_at is None or attempt != last or attempt.ended_at < clock.now() - UNDO_WITHIN:
        raise Refused("past")
    Attempt.objects.filter(pk=attempt.pk).update(outcome="", ended_at=None)
    held.state, held.ended_at, held.ended_by, held.next_at = "open", None, "", clock.now()
    held.taken_by, held.taken_at = attempt.agent, clock.now()
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError:  # the agent holds somebody else, or the number has asked anew
        raise Refused("taken") from None
    tell("callback.finish_undone", held, by, attempt=attempt.pk)
    return held


@transaction.atomic
def postpone(callback: Callback, until: datetime, agent: Agent) -> None:
    """Not before this moment. Raises Refused (past, ended, calling)."""
    held = _held(callback)
    _no_call(held)
    if until <= clock.now():
        raise Refused("past")
    held.postponed_until, held.next_at = until, first_opening(until)
    _free(held)
    tell("callback.postponed", held, agent.actor)


def _take(pk: int, agent: Agent, queued: Queued | None) -> Callback | None:
    rows = Callback.objects.select_for_update(of=("self",), skip_locked=queued is not None)
    held = rows.select_related("contact").filter(pk=pk, state="open").first()
    if held is None or held.taken_by_id not in (None, agent.pk):
        return None
    if held.identity_id is None:
        raise Refused("forgotten")
    held.taken_by, held.taken_at = agent, clock.now()
    held.save(update_fields=["taken_by", "taken_at"])
    Decision.objects.create(
        callback=held, agent=agent, at=clock.now(), mode=held.mode, doubt=queued.doubt if queued else "",
        chance=held.chance, gain=held.gain, propensity=held.share, by_agent=queued is None,
    )  # fmt: skip
    tell("callback.taken", held, agent.actor, by_agent=queued is None)
    return held


def _after(held: Callback, outcome: str, by: str) -> None:
    if outcome in ENDS:
        return end(held, ENDS[outcome], by=by)
    if not permission.may_call(held.contact):  # said while it rang
        return end(held, Callback.State.CANCELLED, by=by)
    settings = CallbackSettings.current()
    if held.attempts_made >= settings.attempts:
        return end(held, Callback.State.UNREACHED, by=by)
    held.fixed_at, held.postponed_until = None, None
    held.next_at = first_opening(clock.ahead(hours=settings.rest_hours))
    _free(held)
    return None


def _free(held: Callback) -> None:
    held.taken_by, held.taken_at, held.planned_at, held.place = None, None, None, None
    held.save()


def _held(callback: Callback) -> Callback:
    held = Callback.objects.select_for_update(of=("self",)).get(pk=callback.pk)
    if not held.is_open:
        raise Refused("ended")
    return held


def _no_call(held: Callback) -> None:
    if held.attempts.filter(outcome="").exists():
        raise Refused("calling")
