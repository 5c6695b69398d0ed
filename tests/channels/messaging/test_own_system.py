"""A system of one's own is told of what we write, signed, until it has taken it."""

import hashlib
import hmac
from typing import Any

import pytest

from samspill.channels.dispatch import dispatch
from samspill.channels.errors import Unreachable
from samspill.conversations.models import Conversation, Dispatch, Inbox, Message
from samspill.conversations.receive import receive
from samspill.conversations.reply import say
from samspill.kit import crypto
from samspill.kit.models import Event
from tests.fakes.messaging_server import MessagingServer
from tests.world import World

KEY = "a secret of sixteen and more"


@pytest.fixture
def opened(world: World, service: MessagingServer) -> Inbox:
    kept = {"url": f"{service.url}/hook", "webhook_secret_sealed": crypto.seal(KEY)}
    return Inbox.objects.create(channel="api", name="Own", settings={"assistant": False, **kept})


def answered(opened: Inbox, world: World) -> Message:
    incoming = receive(opened, world.ingrid, "Hei", "1")
    held = Conversation.objects.get(pk=incoming.conversation_id)
    message = say(held, "Svar", "2", author="system")
    assert message is not None
    return message


def test_a_message_is_posted_and_signed(opened: Inbox, world: World, service: MessagingServer) -> None:
    message = answered(opened, world)
    assert Event.objects.filter(kind="dispatch.asked").count() == 1
    for _twice in range(2):
        dispatch(message.pk)
    (asked,) = service.asked
    signed = asked.headers["X-Samspill-Timestamp"].encode() + b"." + asked.body
    made = hmac.new(KEY.encode(), signed, hashlib.sha256).hexdigest()
    assert asked.headers["X-Samspill-Signature"] == f"sha256={made}"
    assert asked.json["id"] == asked.headers["X-Samspill-Delivery"] == f"message:{message.pk}"
    assert asked.json["data"]["text"] == "Svar"
    assert Dispatch.objects.get(message=message).state == "sent"


def test_it_is_posted_again_under_the_same_id(opened: Inbox, world: World, service: MessagingServer) -> None:
    message = answered(opened, world)
    service.faults = [(503, {}), (429, {})]
    for _each in range(2):
        with pytest.raises(Unreachable):
            dispatch(message.pk)
    dispatch(message.pk)
    assert len({asked.json["id"] for asked in service.asked}) == 1
    assert (Dispatch.objects.get(message=message).state, len(service.asked)) == ("sent", 3)


def test_what_it_refuses_stays_and_says_why(opened: Inbox, world: World, service: MessagingServer) -> None:
    message = answered(opened, world)
    service.faults = [(422, {})]
    dispatch(message.pk)
    held: Any = Dispatch.objects.get(message=message)
    assert (held.state, held.error) == ("failed", "refused:HTTP 422")


def test_without_an_address_nothing_is_posted(world: World, opened: Inbox, service: MessagingServer) -> None:
    Inbox.objects.filter(pk=opened.pk).update(settings={"assistant": False})
    opened.refresh_from_db()
    answered(opened, world)
    assert not Event.objects.filter(kind="dispatch.asked").exists()
