"""Deciding about findings, one by one or many at once, each with a way back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspill.care import settle
from samspill.care.checks import SURE
from samspill.care.models import Finding
from samspill.care.repairs import CannotRepair
from samspill.care.review import open_findings
from samspill.console.access import requires
from samspill.console.answering import again, with_toast
from samspill.console.contacts.merging import refusal
from samspill.contacts.merge import CannotMerge, CannotUndo
from samspill.workspace.models import Agent

MOST_AT_ONCE = 500


@require_POST
@requires("agent")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the finding proposes."""
    return _decide(request, pk, settle.accept, _("Done."))


@require_POST
@requires("agent")
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave it as it is."""
    return _decide(request, pk, settle.reject, _("Left as it is. It comes again only with new evidence."))


@require_POST
@requires("agent")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back."""
    try:
        settle.undo(get_object_or_404(Finding, pk=pk), by=request.user.actor)
        messages.success(request, _("Taken back."))
    except (settle.NothingToUndo, CannotRepair, CannotUndo) as refused:
        messages.error(request, _why(refused))
    return again(request, "console:care")


@require_POST
@requires("agent")
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it to somebody."""
    wanted = request.POST.get("owner", "")
    owner = get_object_or_404(Agent, pk=int(wanted), is_active=True) if wanted.isdigit() else None
    settle.assign(get_object_or_404(Finding, pk=pk), owner, by=request.user.actor)
    words = (
        _("%(name)s takes care of it.") % {"name": owner.name} if owner else _("Nobody takes care of it now.")
    )
    if request.htmx:
        return with_toast(HttpResponse(status=204), words)
    messages.success(request, words)
    return redirect("console:care")


@require_POST
@requires("agent")
def many(request: HttpRequest) -> HttpResponse:
    """Do the same plain repair on many records."""
    rows = open_findings().filter(
        kind=Finding.Kind.INCOMPLETE, about=request.POST.get("about", ""), score__gte=SURE
    )
    done = sum(_repaired(row, request.user.actor) for row in rows[:MOST_AT_ONCE])
    words = ngettext("%(n)s record repaired.", "%(n)s records repaired.", done) % {"n": done}
    messages.success(request, words)
    return redirect("console:care")


def _repaired(row: Finding, by: str) -> bool:
    try:
        settle.accept(row, by=by)
    except (settle.NotOpen, CannotRepair):
        return False
    return True


def _decide(request: HttpRequest, pk: int, verb: Callable[..., Finding], words: str) -> HttpResponse:
    finding, way_back = get_object_or_404(Finding, pk=pk), reverse("console:care_undo", args=[pk])
    try:
        verb(finding, by=request.user.actor)
    except (settle.NotOpen, CannotRepair, CannotMerge) as refused:
        words, way_back = _why(refused), ""
    if request.htmx:
        return with_toast(HttpResponse(), words, undo=way_back)
    messages.info(request, words)
    return redirect("console:care")


def _why(refused: Exception) -> str:
    if isinstance(refused, (CannotMerge, CannotUndo)):
        return refusal(refused.code)
    if isinstance(refused, CannotRepair) and refused.code == "changed":
        return _("It was changed again since; nothing was overwritten.")
    return _("Somebody has decided about this already.")
