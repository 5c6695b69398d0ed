from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspill.console.access import requires
from samspill.console.acting import moment
from samspill.console.answering import with_toast
from samspill.conversations.assign import assign
from samspill.conversations.close import close, snooze
from samspill.conversations.errors import Collision
from samspill.conversations.models import Conversation
from samspill.kit import clock
from samspill.workspace.models import Agent

MOST = 200


@require_POST
@requires("agent")
def bulk(request: HttpRequest) -> HttpResponse:
    """Do one thing to every checked conversation; those that moved on meanwhile are left and counted."""
    act = ACTS.get(request.POST.get("act", ""))
    wanted = [int(pk) for pk in request.POST.getlist("row")[:MOST] if pk.isdigit()]
    rows = Conversation.objects.filter(pk__in=wanted) if act else Conversation.objects.none()
    done = sum(_try(act, row, request.user) for row in rows)
    words = ngettext("%(n)d conversation changed.", "%(n)d conversations changed.", done) % {"n": done}
    if done < len(wanted):
        words += " " + _("%(n)d were left as they are.") % {"n": len(wanted) - done}
    if not request.htmx:
        return redirect("console:inbox")
    return with_toast(HttpResponse(status=204), words, changed=wanted)


def _try(act: Callable[[Conversation, Agent], object], row: Conversation, agent: Agent) -> bool:
    try:
        return act(row, agent) is not False
    except Collision:
        return False


def _take(row: Conversation, agent: Agent) -> None:
    assign(row, agent, by=agent, expected=None)


def _snooze(row: Conversation, agent: Agent) -> None:
    snooze(row, moment("tomorrow") or clock.ahead(days=1), by=agent.actor)


ACTS = {"close": lambda row, agent: close(row, by=agent.actor), "assign": _take, "snooze": _snooze}
