"""The page an agent works on: one person, one call, one click for how it ended."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from samspill.callbacks.models import Callback, CallbackSettings, Caller
from samspill.callbacks.queue import queue_for
from samspill.callbacks.work import holding
from samspill.console.access import requires
from samspill.console.answering import with_toast
from samspill.console.callbacks.person import facts, outcomes
from samspill.console.cookies import admit
from samspill.workspace.models import Agent


@require_safe
@requires("agent")
def callbacks(request: HttpRequest) -> HttpResponse:
    """Whoever the agent has before them, or who is waiting."""
    part = request.htmx and request.htmx.target == "work"
    template = "console/callbacks/work.html" if part else "console/callbacks/working.html"
    return admit(render(request, template, state(request.user)), request.user)


def state(agent: Agent) -> dict[str, object]:
    """What the page shows at this moment."""
    held = holding(agent)
    shared = {
        "on_duty": on_duty(agent),
        "due": due(agent),
        "is_on": CallbackSettings.current().is_on,
        "held": held,
    }
    if held:
        return {**shared, **facts(held), "outcomes": outcomes()}
    return {**shared, "next_at": _next_at()}


def on_duty(agent: Agent) -> bool:
    """Whether this agent makes callbacks now."""
    return Caller.objects.filter(agent=agent, on_duty=True).exists()


def due(agent: Agent) -> int:
    """How many this agent could call now."""
    return sum(1 for _ in queue_for(agent))


def answer(request: HttpRequest, words: str, undo: str = "") -> HttpResponse:
    """The page as it is now, with what was done in words; `undo` is the address that takes it back."""
    if not request.htmx:
        messages.success(request, words)
        return redirect("console:callbacks")
    response = render(request, "console/callbacks/work.html", state(request.user))
    return with_toast(response, words, undo=undo, place="work")


def refused(request: HttpRequest, words: str) -> HttpResponse:
    """Nothing was written: say why, and have the page draw itself anew."""
    if not request.htmx:
        messages.error(request, words)
        return redirect("console:callbacks")
    response = render(request, "console/callbacks/refused.html", {"words": words}, status=409)
    response["HX-Trigger"] = json.dumps({"callbacks:stale": {}})
    return response


def _next_at() -> object:
    rows = Callback.objects.filter(state="open", taken_by=None).exclude(identity=None)
    return rows.order_by("next_at").values_list("next_at", flat=True).first()
