"""What an agent does with a conversation besides writing."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.console.access import requires
from samspill.console.answering import collided, done
from samspill.console.conversation import find
from samspill.conversations.assign import assign as assign_to
from samspill.conversations.assign import assign_team
from samspill.conversations.close import close as close_it
from samspill.conversations.close import reopen as open_it
from samspill.conversations.close import snooze as snooze_it
from samspill.conversations.errors import Collision
from samspill.conversations.hand_over import give_back as give_it_back
from samspill.conversations.hand_over import take_over as take_it_over
from samspill.kit import clock
from samspill.workspace.models import Agent, Team


@require_POST
@requires("agent")
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the conversation to an agent, or to nobody."""
    shown, to = find(pk), _agent(request)
    try:
        assign_to(shown, to, by=request.user, expected=_number(request, "expected"))
    except Collision as collision:
        return collided(request, shown, {"collision": collision, "to": to, "kind": "assign"})
    if to is None:
        return done(request, pk, _("Nobody owns this conversation now."))
    return done(request, pk, _("%(name)s owns this conversation now.") % {"name": to.name})


@require_POST
@requires("agent")
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the conversation to a group, or to none."""
    wanted = _number(request, "team")
    to = get_object_or_404(Team, pk=wanted) if wanted else None
    assign_team(find(pk), to, by=request.user.actor)
    words = _("Given to %(team)s.") % {"team": to.name} if to else _("No team has this conversation now.")
    return done(request, pk, words)


@require_POST
@requires("agent")
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Silence the assistant and own the conversation."""
    shown = find(pk)
    try:
        take_it_over(shown, request.user)
    except Collision as collision:
        return collided(request, shown, {"collision": collision, "to": request.user, "kind": "assign"})
    return done(request, pk, _("The assistant is silent. It is yours."))


@require_POST
@requires("agent")
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the assistant answer again."""
    give_it_back(find(pk), by=request.user.actor)
    return done(request, pk, _("The assistant answers again."))


@require_POST
@requires("agent")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End the conversation."""
    close_it(find(pk), by=request.user.actor)
    return done(request, pk, _("Closed."), undo="console:reopen")


@require_POST
@requires("agent")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the conversation again."""
    if open_it(find(pk), by=request.user.actor):
        return done(request, pk, _("Open again."))
    return done(request, pk, _("The customer has begun a newer conversation. Please go on there."))


@require_POST
@requires("agent")
def snooze(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the conversation away until a moment."""
    until = moment(request.POST.get("until", ""))
    if until is None or until <= clock.now():
        return done(request, pk, _("Please choose a time that lies ahead."))
    snooze_it(find(pk), until, by=request.user.actor)
    return done(request, pk, _("Snoozed."), undo="console:reopen")


def moment(words: str) -> datetime | None:
    """The moment behind "later", "tomorrow", "week" or a date and time, in the agent's time zone."""
    here = timezone.localtime()
    morning = here.replace(hour=8, minute=0, second=0, microsecond=0)
    if words == "later":
        return here + timedelta(hours=3)
    if words == "tomorrow":
        return morning + timedelta(days=1)
    if words == "week":
        return morning + timedelta(days=7 - here.weekday())
    return _picked(words)


def _picked(words: str) -> datetime | None:
    try:
        picked = parse_datetime(words)
    except ValueError:
        return None
    return timezone.make_aware(picked) if picked and timezone.is_naive(picked) else picked


def _agent(request: HttpRequest) -> Agent | None:
    wanted = request.POST.get("agent", "")
    if wanted == "me":
        return request.user
    return get_object_or_404(Agent, pk=int(wanted), is_active=True) if wanted.isdigit() else None


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isdigit() else None
