"""What customers send by each service, driven over HTTP through the door that the service uses."""

from collections.abc import Callable

import pytest

from samspill.contacts.models import Contact, Identity
from samspill.conversations.models import Conversation, Inbound, Inbox, Message
from tests.channels.messaging import payloads as p
from tests.channels.messaging.conftest import post, work
from tests.fakes.messaging_server import MessagingServer
from tests.world import World

Open = Callable[..., Inbox]
FIRST = {
    "whatsapp": p.whatsapp(p.wa("wamid.1", about={"body": "Hei, hvor er pakken?"})),
    "messenger": p.meta(p.event(message={"mid": "m_1", "text": "Hei, hvor er pakken?"})),
    "instagram": p.meta(
        p.event(page="17841405822304914", message={"mid": "m_1", "text": "Hei, hvor er pakken?"}),
        page="17841405822304914", kind="instagram",
    ),
    "telegram": p.telegram(1, message=p.tg(11, "Hei, hvor er pakken?")),
    "line": p.line(p.line_event("01E1", message={"type": "text", "id": "468789", "text": "Hei, hvor er pakken?"})),
    "sms": p.sms("SM1", "Hei, hvor er pakken?"),
}  # fmt: skip
KINDS = list(FIRST)


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_becomes_one_message_of_one_contact(
    inbox: Open, service: MessagingServer, kind: str
) -> None:
    opened = inbox(kind)
    for _again in range(3):
        assert post(opened, FIRST[kind]).status_code == 200
        work()
    message = Message.objects.get()
    assert (message.text, message.direction, message.delivery) == ("Hei, hvor er pakken?", "in", "delivered")
    assert Inbound.objects.get().state == "done"
    identity = message.conversation.identity
    assert identity.scope == ("" if kind in ("whatsapp", "sms") else str(opened.pk))
    assert identity.verified_at is None


@pytest.mark.parametrize("kind", KINDS)
def test_replayed_after_closing_it_is_found_again(inbox: Open, service: MessagingServer, kind: str) -> None:
    from samspill.channels.process import replay

    post(inbox(kind), FIRST[kind])
    work()
    Conversation.objects.update(status="closed")
    replay(Inbound.objects.get(), by="system")
    work()
    assert (Message.objects.count(), Conversation.objects.count()) == (1, 1)


def test_whatsapp_and_text_messages_are_one_contact(inbox: Open, service: MessagingServer) -> None:
    post(inbox("whatsapp"), FIRST["whatsapp"])
    post(inbox("sms"), FIRST["sms"])
    work()
    identity = Identity.objects.get(kind="phone")
    assert (identity.value, identity.contact.name) == ("+4791234567", "Ingrid Berg")
    assert Conversation.objects.filter(contact=identity.contact).count() == 2


def test_a_user_name_without_a_number_is_known_by_its_id(inbox: Open, service: MessagingServer) -> None:
    payload = p.whatsapp(p.wa("wamid.1"))
    value = payload["entry"][0]["changes"][0]["value"]
    del value["messages"][0]["from"]
    value["messages"][0]["from_user_id"] = "NO.13491208655302741918"
    value["contacts"] = [
        {"profile": {"name": "I", "username": "ingrid"}, "user_id": "NO.13491208655302741918"}
    ]
    opened = inbox("whatsapp")
    post(opened, payload)
    work()
    identity = Message.objects.get().conversation.identity
    assert (identity.kind, identity.scope, identity.value) == (
        "external",
        str(opened.pk),
        "NO.13491208655302741918",
    )


@pytest.mark.parametrize(
    ("message", "text", "beside"),
    [
        (p.wa("w", "location", {"latitude": 59.9, "longitude": 10.7, "name": "Kontoret", "address": "Storgata 1"}),
         "Kontoret, Storgata 1", {"kind": "location", "location": {"lat": 59.9, "long": 10.7}}),
        (p.wa("w", "interactive", {"type": "button_reply", "button_reply": {"id": "order:1", "title": "Ja"}}),
         "Ja", {"value": "order:1"}),
        (p.wa("w", "interactive", {"type": "list_reply", "list_reply": {"id": "x", "title": "Retur"}}),
         "Retur", {"value": "x"}),
        (p.wa("w", "button", {"payload": "yes", "text": "Ja takk"}), "Ja takk", {"value": "yes"}),
        (p.wa("w", "contacts", [{"name": {"formatted_name": "Anna B"}, "phones": [{"phone": "+4711"}]}]),
         "Anna B +4711", {"kind": "contact"}),
        (p.wa("w", "unsupported", {"type": "poll_update"}, errors=[{"code": 131051}]), "", {"kind": "unsupported"}),
        (p.wa("w", "hologram", {"x": 1}), "", {"kind": "hologram"}),
        (p.wa("w", "order", {"product_items": [{"product_retailer_id": "P1", "quantity": 2}]}), "2 × P1",
         {"kind": "order"}),
    ],
)  # fmt: skip
def test_whatsapp_kinds(inbox: Open, service: MessagingServer, message, text, beside) -> None:  # type: ignore[no-untyped-def]
    post(inbox("whatsapp"), p.whatsapp(message))
    work()
    found = Message.objects.get()
    assert (found.text, found.extras) == (text, beside)


@pytest.mark.parametrize(
    ("kind", "payload", "text", "beside"),
    [
        ("telegram", p.telegram(1, message=p.tg(1, sticker={"file_id": "", "emoji": "😀"})), "😀", {"kind": "sticker"}),
        ("telegram", p.telegram(1, message=p.tg(1, venue={"title": "Haus", "address": "Weg 1", "location":
         {"latitude": 1.5, "longitude": 2.5}})), "Haus, Weg 1",
         {"kind": "location", "location": {"lat": 1.5, "long": 2.5}}),
        ("telegram", p.telegram(1, message=p.tg(1, poll={"question": "Wann?"})), "Wann?", {"kind": "poll"}),
        ("telegram", p.telegram(1, message=p.tg(1, gift={"x": 1})), "", {"kind": "unsupported"}),
        ("line", p.line(p.line_event("1", message={"type": "sticker", "id": "5", "packageId": "1", "stickerId": "2",
         "keywords": ["thanks"]})), "thanks", {"kind": "sticker"}),
        ("line", p.line(p.line_event("1", message={"type": "location", "id": "5", "address": "台北市", "latitude": 25.0,
         "longitude": 121.5})), "台北市", {"kind": "location", "location": {"lat": 25.0, "long": 121.5}}),
        ("line", p.line(p.line_event("1", "postback", postback={"data": "a=1", "displayText": "好"})), "好",
         {"kind": "button", "value": "a=1"}),
        ("messenger", p.meta(p.event(postback={"mid": "m1", "title": "Start", "payload": "GO"})), "Start",
         {"kind": "button", "value": "GO"}),
        ("messenger", p.meta(p.event(message={"mid": "m1", "text": "Ja", "quick_reply": {"payload": "yes"}})), "Ja",
         {"value": "yes"}),
        ("messenger", p.meta(p.event(message={"mid": "m1", "attachments": [{"type": "location", "payload":
         {"coordinates": {"lat": 1.5, "long": 2.5}}}]})), "", {"kind": "location", "location": {"lat": 1.5, "long": 2.5}}),
        ("messenger", p.meta(p.event(message={"mid": "m1", "attachments": [{"type": "template", "payload": {}}]})), "",
         {"kind": "template"}),
    ],
)  # fmt: skip
def test_other_kinds(inbox: Open, service: MessagingServer, kind, payload, text, beside) -> None:  # type: ignore[no-untyped-def]
    post(inbox(kind), payload)
    work()
    found = Message.objects.get()
    assert (found.text, found.extras) == (text, beside)


def test_names_are_asked_for_where_the_service_does_not_tell(inbox: Open, service: MessagingServer) -> None:
    from samspill.channels.names import learn_name

    service.answers["/v2/bot/profile/U4af4980629"] = {"displayName": "陳怡君"}
    opened = inbox("line")
    post(opened, FIRST["line"])
    work()
    learn_name(opened.pk, Identity.objects.get(kind="external").pk)
    assert Contact.objects.filter(name="陳怡君").count() == 1 + 1  # the other is of the cast


def test_groups_and_channels_are_kept_but_no_conversation(inbox: Open, service: MessagingServer) -> None:
    group = p.tg(1, "Hallo") | {"chat": {"id": -5, "type": "supergroup", "title": "x"}}
    post(inbox("telegram"), p.telegram(1, message=group))
    post(inbox("line"), p.line(p.line_event("1", "follow"), p.line_event("2", "join")))
    work()
    assert (Message.objects.count(), Inbound.objects.filter(state="done").count()) == (0, 3)


def test_an_answer_by_number_is_the_choice(world: World, inbox: Open, service: MessagingServer) -> None:
    from samspill.conversations.reply import say

    opened = inbox("sms")
    post(opened, FIRST["sms"])
    work()
    conversation = Conversation.objects.get()
    say(conversation, "Hvilken?", "q", author="system", extras={"choices": [
        {"label": "Retur", "value": "start:return"}, {"label": "Sporing", "value": "start:track"}]})  # fmt: skip
    post(opened, p.sms("SM2", "2."))
    work()
    assert Message.objects.get(external_id="SM2").extras == {"value": "start:track"}


def test_two_numbers_of_one_app_are_told_apart(inbox: Open, service: MessagingServer) -> None:
    first, second = inbox("whatsapp"), inbox("whatsapp", phone_number_id="222")
    post(first, p.whatsapp(p.wa("wamid.1"), number="222"))
    post(first, p.whatsapp(p.wa("wamid.2"), number="999"))
    work()
    assert Message.objects.get().conversation.inbox == second
    assert Inbound.objects.get(inbox=first).error == "wrong_account"


def test_an_inbox_with_another_secret_gets_nothing(inbox: Open, service: MessagingServer) -> None:
    from samspill.kit import crypto

    first = inbox("whatsapp")
    other = inbox("whatsapp", phone_number_id="222", app_secret_sealed=crypto.seal("another"))
    post(first, p.whatsapp(p.wa("wamid.1"), number="222"))
    work()
    assert not Inbound.objects.filter(inbox=other).exists()
