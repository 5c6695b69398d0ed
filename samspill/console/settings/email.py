from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.channels.email.account import account
from samspill.channels.email.check import check
from samspill.channels.email.presets import preset
from samspill.channels.email.words import told
from samspill.console.access import requires
from samspill.console.settings.email_form import EmailForm, blank, initial
from samspill.conversations.configure import add_inbox, configure
from samspill.conversations.models import Inbox


@requires("admin")
def mailboxes(request: HttpRequest) -> HttpResponse:
    """Every mailbox, and whether it works; a new one needs only its address."""
    address = request.POST.get("address", "").strip()[:254]
    if "@" in address.strip("@"):
        made = add_inbox("email", address[:80], by=request.user.actor)
        configure(
            made, name=address[:80], enabled=False, settings={"mail": blank(address)}, by=request.user.actor
        )
        return redirect("console:settings_mailbox", made.pk)
    rows = Inbox.objects.filter(channel="email").select_related("health").order_by("pk")
    shown = [(row, account(row), _state(row)) for row in rows]
    return render(request, "console/settings/mailboxes.html", {"rows": shown})


@requires("admin")
def mailbox(request: HttpRequest, pk: int) -> HttpResponse:
    """One mailbox: its address, its servers, what happens there."""
    shown = get_object_or_404(Inbox, pk=pk, channel="email")
    form = EmailForm(request.POST or None, kept=shown.settings.get("mail") or {}, initial=initial(shown))
    if form.is_valid():
        facts = form.cleaned_data
        settings = {"assistant": facts["assistant"], "mail": form.chosen()}
        configure(
            shown, name=facts["name"], enabled=facts["enabled"], settings=settings, by=request.user.actor
        )
        messages.success(request, _("Saved."))
        return redirect("console:settings_mailbox", pk)
    provider = preset(account(shown).address)
    context = {"inbox": shown, "form": form, "provider": provider, "state": _state(shown)}
    return render(request, "console/settings/mailbox.html", context)


@require_POST
@requires("admin")
def try_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in at both servers with what is filled in on the page; nothing is saved."""
    shown = get_object_or_404(Inbox, pk=pk, channel="email")
    form = EmailForm(request.POST, kept=shown.settings.get("mail") or {}, initial=initial(shown))
    if not form.is_valid():
        return render(request, "console/settings/mailbox_tried.html", {"form": form})
    tried = Inbox(channel="email", settings={"mail": form.chosen()})
    codes = check(account(tried))
    context = {
        "tried": True,
        "problems": [told(code) for code in codes],
        "sends": form.cleaned_data["smtp_host"],
    }
    return render(request, "console/settings/mailbox_tried.html", context)


def _state(inbox: Inbox) -> dict[str, Any]:
    health = getattr(inbox, "health", None)
    failing = health is not None and health.failing_since is not None
    return {
        "set": bool(account(inbox).address),
        "reads": account(inbox).reads,
        "health": health,
        "problem": told(health.error) if failing else None,
    }
