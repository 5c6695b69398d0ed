"""Imports of old conversations."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.console.access import requires
from samspill.console.training.around import show
from samspill.console.training.words import problem, skipped
from samspill.training.errors import Unreadable
from samspill.training.formats.read import MOST_BYTES
from samspill.training.models import History
from samspill.training.overview import progress
from samspill.training.take_in import take_in

SHOWN = 30


@requires("lead")
def histories(request: HttpRequest) -> HttpResponse:
    """What was imported, and a place for more."""
    wrong = ""
    if request.method == "POST":
        wrong = _take_in(request)
        if not wrong:
            return redirect("console:training_histories")
    rows = [row(one) for one in History.objects.defer("content").select_related("by").order_by("-pk")[:SHOWN]]
    response = show(request, "histories", {"rows": rows, "wrong": wrong})
    response.status_code = 422 if wrong else 200
    return response


def _take_in(request: HttpRequest) -> str:
    """What is wrong with the file; nothing if it was taken in."""
    file = request.FILES.get("file")
    if file is None:
        return _("Please choose a file.")
    if file.size > MOST_BYTES:
        return problem(f"too_big:{MOST_BYTES // (1024 * 1024)}")
    try:
        history, fresh = take_in(
            file.name or "", file.read(), request.user, column=request.POST.get("column", "").strip()
        )
    except Unreadable as error:
        return problem(str(error))
    if fresh:
        messages.success(request, _("Stored. It is being read now."))
    else:
        messages.info(request, _("This file was imported before, as “%(name)s”.") % {"name": history.name})
    return ""


@require_safe
@requires("lead")
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """One import as it stands now; the page asks again while it runs."""
    found = get_object_or_404(History.objects.defer("content").select_related("by"), pk=pk)
    return render(request, "console/training/history.html", {"one": row(found)})


def row(found: History) -> dict[str, object]:
    """An import with its progress, what was left out, and what went wrong, in words."""
    state = History.State
    running = found.state in (state.WAITING, state.READING, state.GROUPING)
    return {
        "history": found,
        "running": running,
        "percent": progress(found) if running else None,
        "kept": max(0, found.done - sum(found.skipped.values())),
        "skipped": skipped(found.skipped),
        "wrong": problem(found.error) if found.error else "",
    }
