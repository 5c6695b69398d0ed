"""How every inbox fares, on one page: what fails, what waits, and the buttons that help."""

import mimetypes

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspill.channels.again import send_again
from samspill.channels.alert import failing_inboxes
from samspill.channels.health import failing, well
from samspill.channels.port import channel_of
from samspill.channels.process import replay
from samspill.channels.words import failure
from samspill.console.access import requires
from samspill.console.settings.channel_rows import failed_deliveries, failed_dispatches, rows
from samspill.conversations.models import Dispatch, Inbound, Inbox

MOST_AT_ONCE = 500


@requires("lead")
def channels(request: HttpRequest) -> HttpResponse:
    """Every inbox, what could not be read and what could not be sent."""
    return render(request, "console/settings/channels.html", _shown())


@requires("lead")
def state(request: HttpRequest) -> HttpResponse:
    """The same, for the page to draw anew while it is open."""
    return render(request, "console/settings/channels_state.html", _shown())


@requires("agent")
def banner(request: HttpRequest) -> HttpResponse:
    """What everybody at the desk must know: which inboxes do not work."""
    rows = [(health, *failure(health.error, health.inbox.channel)) for health in failing_inboxes()]
    return render(request, "console/parts/failing.html", {"failing": rows})


@require_POST
@requires("admin")
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the outside service now, and say what it answers."""
    inbox = get_object_or_404(Inbox, pk=pk)
    channel = channel_of(inbox)
    codes = channel.check(inbox) if channel else []
    if codes:
        failing(inbox, codes[0])
    elif channel:
        well(inbox)
        well(inbox, "smtp")  # a mailbox was asked both ways
    context = {"problems": [failure(code, inbox.channel) for code in codes], "asked": channel is not None}
    return render(request, "console/settings/channel_tested.html", context)


@require_POST
@requires("admin")
def replay_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a stored delivery again."""
    replay(get_object_or_404(Inbound, pk=pk), by=request.user.actor)
    messages.success(request, _("It is read again."))
    return redirect("console:settings_channels")


@require_POST
@requires("admin")
def replay_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Read again everything of an inbox that could not be read."""
    failed = Inbound.objects.filter(inbox=pk, state=Inbound.State.FAILED).order_by("pk")[:MOST_AT_ONCE]
    for inbound in failed:
        replay(inbound, by=request.user.actor)
    words = ngettext("%(n)d delivery is read again.", "%(n)d deliveries are read again.", len(failed))
    messages.success(request, words % {"n": len(failed)})
    return redirect("console:settings_channels")


@require_POST
@requires("admin")
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send once more what did not arrive."""
    dispatch = get_object_or_404(Dispatch.objects.select_related("message__conversation"), pk=pk)
    send_again(dispatch, by=request.user.actor)
    messages.success(request, _("It is on its way again."))
    return redirect("console:settings_channels")


@requires("admin")
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """A delivery as it came in, as a file: never shown as a page."""
    inbound = get_object_or_404(Inbound, pk=pk)
    content = bytes(inbound.raw)
    ending = ".json" if content[:1] in (b"{", b"[") else ".eml"
    kind = mimetypes.guess_type(f"x{ending}")[0] or "application/octet-stream"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="delivery-{inbound.pk}{ending}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response


def _shown() -> dict[str, object]:
    return {"rows": rows(), "deliveries": failed_deliveries(), "dispatches": failed_dispatches()}
