"""What all training pages share."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.console.access import requires
from samspill.console.answering import with_toast
from samspill.training.ask import ask_to_train
from samspill.training.models import Example, History, Intent
from samspill.training.overview import standing


def show(request: HttpRequest, page: str, context: dict[str, object]) -> HttpResponse:
    """One of the training pages with the tabs and the state of training above it."""
    around = {**counts(), "standing": standing(), "tab": page}
    return render(request, f"console/training/{page}.html", {**around, **context})


def counts() -> dict[str, int]:
    """What waits for a person, for the tabs."""
    return {
        "proposed": Intent.objects.filter(state=Intent.State.PROPOSED).count(),
        "unlabelled": Example.objects.filter(intent=None, dropped_at=None).count(),
        "importing": History.objects.filter(state__in=("waiting", "reading", "grouping")).count(),
    }


def gone(request: HttpRequest, words: str, back: str, undo: str = "") -> HttpResponse:
    """The row leaves the list; a toast says so and offers to take it back."""
    if request.htmx:
        return with_toast(HttpResponse(), words, undo=undo)
    messages.success(request, words)
    return redirect(back)


def address(name: str, pk: int) -> str:
    """The address of a training page about one thing."""
    return reverse(f"console:training_{name}", args=[pk])


@require_POST
@requires("lead")
def train(request: HttpRequest) -> HttpResponse:
    """Learn anew in the background."""
    ask_to_train(request.user)
    if request.htmx:
        return with_toast(_state(request), _("Training has begun."))
    messages.success(request, _("Training has begun."))
    return redirect("console:training")


@require_safe
@requires("lead")
def state(request: HttpRequest) -> HttpResponse:
    """How the training stands; the page asks again while it runs."""
    return _state(request)


def _state(request: HttpRequest) -> HttpResponse:
    return render(request, "console/training/state.html", {"standing": standing()})
