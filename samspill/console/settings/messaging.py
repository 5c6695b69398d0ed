"""Setting up the inboxes of messaging services."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.channels.errors import Refused, Unreachable
from samspill.channels.forms import ChannelForm, form_of, kinds
from samspill.channels.meta.door import verify_token
from samspill.channels.models import Template
from samspill.channels.port import channel_of
from samspill.channels.whatsapp.templates import learn_templates
from samspill.channels.words import failure
from samspill.console.access import requires
from samspill.console.settings.channel_rows import CHANNELS
from samspill.conversations.configure import add_inbox, configure
from samspill.conversations.models import Inbox

META = ("whatsapp", "messenger", "instagram")


@requires("admin")
def inboxes(request: HttpRequest) -> HttpResponse:
    """Every inbox of a messaging service; a new one needs a service and a name."""
    kind, name = request.POST.get("kind", ""), request.POST.get("name", "").strip()[:80]
    if name and kind in kinds():
        return redirect("console:settings_messaging_inbox", add_inbox(kind, name, by=request.user.actor).pk)
    found = Inbox.objects.filter(channel__in=kinds()).order_by("pk")
    rows = [(inbox, CHANNELS.get(inbox.channel, inbox.channel)) for inbox in found]
    context = {"rows": rows, "kinds": [(kind, CHANNELS.get(kind, kind)) for kind in kinds()]}
    return render(request, "console/settings/messaging.html", context)


@requires("admin")
def inbox(request: HttpRequest, pk: int) -> HttpResponse:
    """One inbox: its keys, the address to enter at the service, the test."""
    shown = _find(pk)
    form = _form(shown, request)
    if form.is_valid():
        facts = form.cleaned_data
        configure(
            shown, name=facts["name"], enabled=facts["enabled"], settings=form.chosen(), by=request.user.actor
        )
        _connect(request, _find(pk))
        return redirect("console:settings_messaging_inbox", pk)
    context = {
        "inbox": shown,
        "form": form,
        "channel": CHANNELS.get(shown.channel, shown.channel),
        "address": f"{settings.URL}/hooks/{shown.key}/",
        "verify": verify_token(shown) if shown.channel in META else "",
        "safe": settings.URL.startswith("https://"),
        "templates": Template.objects.filter(inbox=shown, approved=True).order_by("name", "language"),
    }
    return render(request, "console/settings/messaging_inbox.html", context)


@require_POST
@requires("admin")
def templates(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the service which templates it has approved."""
    try:
        learn_templates(_find(pk))
        messages.success(request, _("The templates are up to date."))
    except (Refused, Unreachable) as error:
        messages.error(request, " ".join(failure(str(error))))
    return redirect("console:settings_messaging_inbox", pk)


def _find(pk: int) -> Inbox:
    return get_object_or_404(Inbox, pk=pk, channel__in=kinds())


def _form(shown: Inbox, request: HttpRequest) -> ChannelForm:
    form = form_of(shown.channel)
    if form is None:
        raise Http404
    return form.of(shown, request.POST or None)


def _connect(request: HttpRequest, shown: Inbox) -> None:
    connect = getattr(channel_of(shown), "connect", None)
    try:
        if connect and shown.enabled:
            connect(shown)
        messages.success(request, _("Saved."))
    except (Refused, Unreachable) as error:
        messages.error(
            request, _("Saved, but the service did not answer well.") + " " + failure(str(error))[0]
        )
