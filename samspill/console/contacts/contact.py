"""One contact: who it is, everything there was, and what can be changed."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.care.review import open_findings
from samspill.console import customer
from samspill.console.access import requires
from samspill.console.contacts.form import ContactForm, filled
from samspill.console.contacts.story import story
from samspill.contacts.merge import root_of
from samspill.contacts.models import Consent, Contact, Identity
from samspill.contacts.update import update


@requires("agent")
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a record; that of one that was merged leads to the one it was taken into."""
    shown = get_object_or_404(Contact.objects.select_related("organisation", "responsible"), pk=pk)
    if shown.merged_into_id:
        messages.info(request, _("This record was merged into the one you see."))
        return redirect("console:contact", root_of(shown).pk)
    form = ContactForm(request.POST or None, initial=filled(shown))
    if request.method == "POST" and form.is_valid():
        update(shown, by=request.user.actor, **form.changes(shown))
        messages.success(request, _("Saved."))
        return redirect("console:contact", pk)
    return render(request, "console/contacts/contact.html", _context(shown, form))


@require_safe
@requires("agent")
def earlier(request: HttpRequest, pk: int) -> HttpResponse:
    """The next page of the line of time."""
    lines, more = story(get_object_or_404(Contact, pk=pk), _moment(request.GET.get("before", "")))
    return render(request, "console/contacts/story.html", {"contact_pk": pk, "lines": lines, "more": more})


@require_safe
@requires("agent")
def orders(request: HttpRequest, pk: int) -> HttpResponse:
    """The orders, asked for on their own because another system may be slow to tell."""
    found, answered = customer.orders(get_object_or_404(Contact, pk=pk))
    rows = [(order, customer.order_status(order.status), False) for order in found]
    return render(request, "console/conversation/orders.html", {"rows": rows, "answered": answered})


def _context(shown: Contact, form: ContactForm) -> dict[str, object]:
    lines, more = story(shown)
    latest = Consent.objects.filter(contact=shown).order_by("purpose", "channel", "-pk")
    return {
        "contact": shown,
        "contact_pk": shown.pk,
        "form": form,
        "identities": shown.identities.order_by("kind", "pk"),
        "visitor": Identity.Kind.VISITOR,
        "talks": shown.conversations.select_related("inbox").order_by("-last_message_at")[:8],
        "calls": shown.callbacks.order_by("-created_at")[:8],
        "consents": latest.distinct("purpose", "channel"),
        "findings": open_findings().filter(contact=shown).count(),
        "lines": lines,
        "more": more,
    }


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
