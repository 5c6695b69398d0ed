"""What an agent does on the page of callbacks; every answer is the page as it is then."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.callbacks import change, letting_go, work
from samspill.callbacks.configure import go_on_duty
from samspill.callbacks.errors import Refused
from samspill.callbacks.models import Attempt, Callback
from samspill.callbacks.words import refusal
from samspill.console.access import requires
from samspill.console.acting import moment
from samspill.console.callbacks.working import answer, on_duty, refused
from samspill.kit import clock

HALF_HOUR = "half"


@require_POST
@requires("agent")
def take_next(request: HttpRequest) -> HttpResponse:
    """Take whoever should be called now; that puts the agent on duty."""
    if not on_duty(request.user):
        go_on_duty(request.user, on=True, by=request.user)
    found = work.take_next(request.user)
    return answer(request, _("Here is the next one.") if found else _("Nobody is due right now."))


@require_POST
@requires("agent")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take this person, whatever was proposed."""
    wanted = get_object_or_404(Callback, pk=pk)
    return _try(request, lambda: work.take(wanted, request.user), _("Yours now."))


@require_POST
@requires("agent")
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """The agent's telephone rings them."""
    wanted = get_object_or_404(Callback, pk=pk)
    return _try(request, lambda: work.call(wanted, request.user), _("Calling. Say here how it ended."))


@require_POST
@requires("agent")
def no_call(request: HttpRequest, pk: int) -> HttpResponse:
    """The call was never made."""
    attempt = get_object_or_404(Attempt, pk=pk)
    words = _("Noted: there was no call.")
    return _try(request, lambda: letting_go.drop_call(attempt, by=request.user.actor), words)


@require_POST
@requires("agent")
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Note how the call ended; the next person comes by itself."""
    attempt = get_object_or_404(Attempt, pk=pk)
    names = dict(Attempt.Outcome.choices)
    outcome = request.POST.get("outcome", "")
    if outcome not in names:
        return refused(request, refusal(""))
    words = _("Noted: %(outcome)s.") % {"outcome": names[Attempt.Outcome(outcome)]}
    undo = reverse("console:callback_undo", args=[pk])
    return _try(request, lambda: work.finish(attempt, outcome, by=request.user.actor), words, undo, then=True)


@require_POST
@requires("agent")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """The outcome was a slip."""
    attempt = get_object_or_404(Attempt, pk=pk, agent__is_active=True)
    words = _("Taken back. The call is open again.")
    return _try(request, lambda: work.take_back(attempt, by=request.user.actor), words)


@require_POST
@requires("agent")
def another(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else instead."""
    held = get_object_or_404(Callback, pk=pk)
    return _try(request, lambda: letting_go.take_another(held, request.user), _("Somebody else, then."))


@require_POST
@requires("agent")
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the person to the others."""
    held = get_object_or_404(Callback, pk=pk)
    undo = reverse("console:callback_take", args=[pk])
    return _try(request, lambda: work.put_back(held, request.user), _("Put back for the others."), undo)


@require_POST
@requires("agent")
def postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """Not before a moment; the next person comes by itself."""
    held, words = get_object_or_404(Callback, pk=pk), request.POST.get("until", "")
    until = clock.ahead(minutes=30) if words == HALF_HOUR else moment(words)
    if until is None:
        return refused(request, _("Please choose a time that lies ahead."))
    undo = reverse("console:callback_take", args=[pk])
    return _try(request, lambda: work.postpone(held, until, request.user), _("Postponed."), undo, then=True)


@require_POST
@requires("agent")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not call any more."""
    wanted = get_object_or_404(Callback, pk=pk)
    return _try(request, lambda: change.cancel(wanted, by=request.user.actor), _("Ended. Nobody will call."))


@require_POST
@requires("agent")
def duty(request: HttpRequest) -> HttpResponse:
    """Switch oneself on or off duty; whoever waits before one goes back."""
    on, held = "on" in request.POST, work.holding(request.user)
    if held and not on:
        try:
            work.put_back(held, request.user)
        except Refused as no:
            return refused(request, refusal(no.code))
    go_on_duty(request.user, on=on, by=request.user)
    return answer(request, _("You are on duty.") if on else _("You are off duty."))


def _try(
    request: HttpRequest, act: Callable[[], Any], words: str, undo: str = "", *, then: bool = False
) -> HttpResponse:
    """Do it, or say why not; `then` brings the next person where the agent is on duty."""
    try:
        act()
    except Refused as no:
        return refused(request, refusal(no.code))
    if then and on_duty(request.user):
        work.take_next(request.user)
    return answer(request, words, undo)
