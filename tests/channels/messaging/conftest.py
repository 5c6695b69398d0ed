"""One inbox of each messaging service, a server that answers for all of them, and work done at once."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.http import HttpResponse, QueryDict
from django.test import Client

from tests.fakes.messaging_server import MessagingServer, messaging_server

if TYPE_CHECKING:
    from samspill.conversations.models import Inbox
    from tests.world import World

SECRET = "the secret of the app"
SETTINGS: dict[str, dict[str, Any]] = {
    "whatsapp": {"phone_number_id": "106540352242922"},
    "messenger": {"page_id": "1906385232743451"},
    "instagram": {"page_id": "17841405822304914"},
    "telegram": {},
    "line": {},
    "sms": {"account_sid": "AC" + "0" * 32, "sender": "+15017122661"},
}
SEALED = ("token", "app_secret", "channel_secret", "auth_token")


@pytest.fixture
def service(settings: Any) -> Iterator[MessagingServer]:
    """Answers in the place of every service."""
    with messaging_server() as fake:
        settings.SERVICES = dict.fromkeys(settings.SERVICES_BY_DEFAULT, fake.url)
        yield fake


def open_inbox(kind: str, **more: Any) -> "Inbox":
    """An inbox of a kind, set up."""
    from samspill.conversations.models import Inbox
    from samspill.kit import crypto

    sealed = {f"{name}_sealed": crypto.seal(SECRET) for name in SEALED}
    return Inbox.objects.create(
        channel=kind, name=kind, settings={"assistant": False, **SETTINGS[kind], **sealed, **more}
    )


@pytest.fixture
def inbox(world: "World") -> Callable[..., "Inbox"]:
    """Opens an inbox of a kind."""
    return open_inbox


def post(inbox: "Inbox", payload: Any, **more: Any) -> HttpResponse:
    """What the service would post, signed as it signs."""
    if inbox.channel == "sms":
        return post_form(inbox, payload)
    raw = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return Client().post(f"/hooks/{inbox.key}/", raw, "application/json", headers=signed(inbox, raw) | more)


def signed(inbox: "Inbox", raw: bytes) -> dict[str, str]:
    """The headers by which a service proves itself."""
    from samspill.channels.telegram.webhook import secret_token

    made = hmac.new(SECRET.encode(), raw, hashlib.sha256)
    return {
        "line": {"X-Line-Signature": base64.b64encode(made.digest()).decode()},
        "telegram": {"X-Telegram-Bot-Api-Secret-Token": secret_token(inbox)},
    }.get(inbox.channel, {"X-Hub-Signature-256": f"sha256={made.hexdigest()}"})


def post_form(inbox: "Inbox", form: dict[str, str], **more: str) -> HttpResponse:
    """What Twilio would post, signed as it signs."""
    from django.conf import settings

    path = f"/hooks/{inbox.key}/"
    content = settings.URL + path + "".join(name + form[name] for name in sorted(form))
    made = base64.b64encode(hmac.new(SECRET.encode(), content.encode(), hashlib.sha1).digest()).decode()
    given = QueryDict(mutable=True)
    given.update(form)
    kind = "application/x-www-form-urlencoded"
    return Client().post(path, given.urlencode(), kind, headers={"X-Twilio-Signature": made} | more)


def work() -> None:
    """Do what the worker would do, until nothing is left; what comes too early is left for later."""
    from samspill.channels.errors import Unreachable
    from samspill.channels.media import fetch_media
    from samspill.channels.process import process
    from samspill.conversations.models import Inbound, Message

    for inbound in Inbound.objects.filter(state="stored").order_by("pk"):
        try:
            process(inbound.pk)
        except Unreachable:
            continue
    for message in Message.objects.filter(extras__media__isnull=False):
        fetch_media(message.pk)
