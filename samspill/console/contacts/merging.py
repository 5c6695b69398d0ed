"""Merging by hand: look for the other, see what moves, merge, and take it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.console.access import requires
from samspill.console.contacts.searching import found
from samspill.contacts.filling import known, value
from samspill.contacts.merge import MOVES, CannotMerge, CannotUndo, merge, undo
from samspill.contacts.models import Contact, Merge

MOST = 10


@requires("agent")
def merging(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the record that is to be taken into this one, and confirm."""
    kept = get_object_or_404(Contact, pk=pk)
    chosen = request.POST.get("with") or request.GET.get("with") or ""
    other = get_object_or_404(Contact, pk=int(chosen)) if chosen.isdigit() and len(chosen) < 12 else None
    if request.method == "POST" and other:
        return _merge(request, kept, other)
    text = request.GET.get("q", "").replace("\0", "").strip()[:160]
    hits = found(text, "last").exclude(pk=pk)[:MOST] if text and not other else []
    context = {
        "contact": kept,
        "other": other,
        "q": text,
        "hits": hits,
        "moves": _moves(other) if other else [],
    }
    return render(request, "console/contacts/merge.html", context | {"fills": _fills(kept, other)})


@require_POST
@requires("agent")
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    """Make two of one again."""
    log = get_object_or_404(Merge, pk=pk)
    try:
        undo(log, by=request.user.actor)
        messages.success(
            request, _("Taken back. %(name)s is a record of its own again.") % {"name": log.merged}
        )
    except CannotUndo as refused:
        messages.error(request, refusal(refused.code))
    return redirect("console:contact", log.kept_id)


def refusal(code: str) -> str:
    """Why it cannot be done, in words."""
    return {
        "same": _("A record cannot be merged with itself."),
        "merged": _("One of the two has been merged already. Please look again."),
        "undone": _("This merge was taken back already."),
        "moved": _("Somebody merged this record in this moment. Please try again."),
    }[code]


def _merge(request: HttpRequest, kept: Contact, other: Contact) -> HttpResponse:
    try:
        merge(kept, other, by=request.user.actor)
    except CannotMerge as refused:
        messages.error(request, refusal(refused.code))
        return redirect(reverse("console:contact", args=[kept.pk]))
    messages.success(request, _("Merged. You can take it back in the timeline below."))
    return redirect("console:contact", kept.pk)


def _moves(other: Contact) -> list[tuple[str, int]]:
    words = [_("Addresses"), _("Conversations"), _("Consents"), _("Files"), _("Returns"), _("Callbacks")]
    counted = [(one, getattr(other, name).count()) for one, name in zip(words, MOVES, strict=True)]
    return [(one, n) for one, n in counted if n]


def _fills(kept: Contact, other: Contact | None) -> list[str]:
    words = {
        "name": _("Name"), "language": _("Language"), "country": _("Country"), "time_zone": _("Time zone"),
        "organisation_id": _("Organisation"), "responsible_id": _("Responsible"), "vip": _("VIP"),
    }  # fmt: skip
    fields = [field for field in known(other) if not value(kept, field)] if other else []
    return [words.get(field, field.partition(":")[2]) for field in fields]
