"""How Meta knocks: a handshake when the address is entered, a signature under everything that is posted."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from samspill.channels import hooks
from samspill.channels.errors import Unreadable
from samspill.channels.hooks import Entry
from samspill.channels.payload import load
from samspill.channels.service import secret
from samspill.conversations.models import Inbox
from samspill.kit import crypto

Split = Callable[[Inbox, dict[str, Any]], Iterable[Entry]]


def verify_token(inbox: Inbox) -> str:
    """What is entered at Meta beside our address."""
    return crypto.digest("meta verify", inbox.key)[:32]


def answer(request: HttpRequest, inbox: Inbox, split: Split) -> HttpResponse:
    """Take what Meta posts; nothing unsigned is kept."""
    if request.method == "GET":
        return _handshake(request, inbox)
    given = request.headers.get("X-Hub-Signature-256", "").removeprefix("sha256=")
    if request.method != "POST" or not hooks.signed(given, secret(inbox, "app_secret"), request.body):
        return hooks.refused()
    try:
        hooks.keep(split(inbox, load(request.body)))
    except Unreadable:
        return HttpResponse(status=400)
    return HttpResponse("ok", content_type="text/plain")


def _handshake(request: HttpRequest, inbox: Inbox) -> HttpResponse:
    right = hooks.same(request.GET.get("hub.verify_token", ""), verify_token(inbox))
    if not right or request.GET.get("hub.mode") != "subscribe":
        return hooks.refused()
    return HttpResponse(request.GET.get("hub.challenge", "")[:200], content_type="text/plain")


def whose(inbox: Inbox, channel: str, setting: str, account: str) -> Inbox:
    """The inbox of an account: Meta posts for all accounts of one app to one address.

    Another inbox counts only where it has the same app secret; where none is found the entry stays with this one.
    """
    if not account or (inbox.settings.get(setting) == account and inbox.channel == channel):
        return inbox
    others = Inbox.objects.filter(channel=channel, enabled=True, **{f"settings__{setting}": account})
    mine = secret(inbox, "app_secret")
    return next((other for other in others if hooks.same(secret(other, "app_secret"), mine)), inbox)
