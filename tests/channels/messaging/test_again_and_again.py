"""Everything may come twice, in batches, in any order and at once; it changes things once."""

import random
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from samspill.contacts.models import Contact, Identity
from samspill.conversations.models import Conversation, Inbound, Inbox, Message
from samspill.kit import clock
from tests.channels.messaging import payloads as p
from tests.channels.messaging.conftest import open_inbox, post, work
from tests.fakes.messaging_server import MessagingServer
from tests.world import World

Open = Callable[..., Inbox]


def later(minutes: int = 3) -> None:
    """As if what is stored had come minutes ago."""
    Inbound.objects.update(at=clock.now() - timedelta(minutes=minutes))


def test_fifty_in_batches_doubled_and_reordered(inbox: Open, service: MessagingServer) -> None:
    opened, chance = inbox("whatsapp"), random.Random(7)
    messages = [p.wa(f"wamid.{n}", sender=f"47912345{n % 5:02d}") for n in range(50)] * 3
    chance.shuffle(messages)
    for start in range(0, len(messages), 30):
        assert post(opened, p.whatsapp(*messages[start : start + 30])).status_code == 200
    assert Inbound.objects.count() == 50
    work()
    assert (Message.objects.count(), Conversation.objects.count()) == (50, 5)
    assert Identity.objects.filter(kind="phone").count() == 5


@pytest.mark.django_db(transaction=True)
def test_parallel_deliveries_over_two_channels(busy_world: World) -> None:
    whatsapp, sms = open_inbox("whatsapp"), open_inbox("sms")
    before, start = Contact.objects.count(), Barrier(10)
    answers: list[int] = []

    def deliver(thread: int) -> None:
        chance = random.Random(thread)
        ids = list(range(12))
        chance.shuffle(ids)
        start.wait()
        try:
            if thread % 2:
                messages = [p.wa(f"wamid.{n}") for n in ids]
                answers.append(post(whatsapp, p.whatsapp(*messages)).status_code)
            else:
                answers.extend(post(sms, p.sms(f"SM{n}")).status_code for n in ids)
            work()
        finally:
            connection.close()

    threads = [Thread(target=deliver, args=[number]) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    work()
    assert set(answers) == {200}
    assert Message.objects.filter(conversation__inbox__in=[whatsapp, sms]).count() == 24
    assert Contact.objects.count() == before + 1
    assert Conversation.objects.filter(inbox__in=[whatsapp, sms]).count() == 2


EDITS = [
    ("whatsapp", p.whatsapp(p.wa("1", about={"body": "gammel"})), p.whatsapp(p.wa("2", "edit", {
        "original_message_id": "1", "message": {"type": "text", "text": {"body": "ny"}}}))),
    ("messenger", p.meta(p.event(message={"mid": "1", "text": "gammel"})), p.meta(p.event(message_edit={
        "mid": "1", "text": "ny", "num_edit": 1}))),
    ("telegram", p.telegram(1, message=p.tg(5, "gammel")), p.telegram(2, edited_message=p.tg(5, "ny", edit_date=1))),
]  # fmt: skip
GONE = [
    ("whatsapp", EDITS[0][1], p.whatsapp(p.wa("3", "revoke", {"original_message_id": "1"}))),
    ("instagram", p.meta(p.event(page="17841405822304914", message={"mid": "1", "text": "gammel"}),
     page="17841405822304914", kind="instagram"), p.meta(p.event(page="17841405822304914", message={"mid": "1",
     "is_deleted": True}), page="17841405822304914", kind="instagram")),
    ("line", p.line(p.line_event("a", message={"type": "text", "id": "1", "text": "gammel"})),
     p.line(p.line_event("b", "unsend", unsend={"messageId": "1"}))),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "first", "second"), EDITS)
def test_an_edit_changes_the_text_and_keeps_the_old(inbox: Open, service: MessagingServer, kind, first, second) -> None:  # type: ignore[no-untyped-def]  # fmt: skip
    opened = inbox(kind)
    for payload in (first, second, second):
        post(opened, payload)
        work()
    message = Message.objects.get()
    assert (message.text, message.extras["history"]) == ("ny", ["gammel"])
    assert message.edited_at is not None


@pytest.mark.parametrize(("kind", "first", "second"), EDITS)
def test_an_edit_that_comes_first_waits(inbox: Open, service: MessagingServer, kind, first, second) -> None:  # type: ignore[no-untyped-def]  # fmt: skip
    opened = inbox(kind)
    post(opened, second)
    work()
    assert Message.objects.count() == 0
    post(opened, first)
    work()
    work()
    assert Message.objects.get().text == "ny"
    assert set(Inbound.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.parametrize(("kind", "first", "second"), EDITS)
def test_an_edit_of_what_never_came_is_the_message(inbox: Open, service: MessagingServer, kind, first, second) -> None:  # type: ignore[no-untyped-def]  # fmt: skip
    opened = inbox(kind)
    post(opened, second)
    later()
    work()
    post(opened, first)
    work()
    assert Message.objects.get().text == "ny"


@pytest.mark.parametrize(("kind", "first", "second"), GONE)
def test_what_is_taken_back_is_gone(inbox: Open, service: MessagingServer, kind, first, second) -> None:  # type: ignore[no-untyped-def]  # fmt: skip
    opened = inbox(kind)
    for payload in (second, first, first, second):
        post(opened, payload)
        work()
    work()
    message = Message.objects.get()
    assert (message.text, message.extras) == ("", {})
    assert message.deleted_at is not None


@pytest.mark.parametrize(
    ("kind", "first", "put", "off"),
    [
        ("whatsapp", EDITS[0][1], p.whatsapp(p.wa("r1", "reaction", {"message_id": "1", "emoji": "👍"})),
         p.whatsapp(p.wa("r2", "reaction", {"message_id": "1"}))),
        ("messenger", EDITS[1][1], p.meta(p.event(reaction={"mid": "1", "action": "react", "emoji": "👍"})),
         p.meta(p.event(reaction={"mid": "1", "action": "unreact"}))),
        ("telegram", EDITS[2][1], p.telegram(3, message_reaction={"chat": {"id": 77, "type": "private"},
         "message_id": 5, "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": "👍"}]}),
         p.telegram(4, message_reaction={"chat": {"id": 77, "type": "private"}, "message_id": 5,
         "old_reaction": [{"type": "emoji", "emoji": "👍"}], "new_reaction": []})),
    ],
)  # fmt: skip
def test_a_face_is_put_on_and_taken_off(inbox: Open, service: MessagingServer, kind, first, put, off) -> None:  # type: ignore[no-untyped-def]  # fmt: skip
    opened = inbox(kind)
    post(opened, first)
    post(opened, put)
    work()
    assert Message.objects.get().extras == {"reaction": "👍"}
    post(opened, off)
    work()
    assert Message.objects.get().extras == {}


def test_a_quote_leads_to_the_message(inbox: Open, service: MessagingServer) -> None:
    opened = inbox("whatsapp")
    post(opened, p.whatsapp(p.wa("1"), p.wa("2", context={"from": p.PHONE, "id": "1"})))
    work()
    first, second = Message.objects.order_by("pk")
    assert second.extras == {"quotes": first.pk}


def test_events_hold_no_words(inbox: Open, service: MessagingServer) -> None:
    from samspill.kit.models import Event

    opened = inbox("whatsapp")
    for payload in (EDITS[0][1], EDITS[0][2], GONE[0][2]):
        post(opened, payload)
        work()
    told = str(list(Event.objects.values_list("data", flat=True)))
    assert "gammel" not in told
    assert "Ingrid" not in told
    assert p.PHONE not in told
