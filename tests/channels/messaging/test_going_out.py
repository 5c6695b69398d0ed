"""What we say by each service, against a server that answers as the service does, also badly."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from samspill.channels.dispatch import dispatch
from samspill.channels.errors import Unreachable
from samspill.channels.models import ChannelHealth
from samspill.conversations.models import Conversation, Dispatch, Inbox, Message
from samspill.conversations.reply import reply
from samspill.kit import clock
from tests.channels.messaging import payloads as p
from tests.channels.messaging.conftest import post, work
from tests.channels.messaging.test_coming_in import FIRST, KINDS
from tests.fakes.messaging_server import MessagingServer
from tests.world import World

Open = Callable[..., Inbox]
CHOICES = [{"label": "Ja", "value": "order:yes"}, {"label": "Nei", "value": "order:no"}]


@pytest.fixture
def talk(world: World, inbox: Open, service: MessagingServer) -> Callable[[str], Conversation]:
    """A conversation that the contact has begun by a service."""

    def begin(kind: str, **more: Any) -> Conversation:
        opened = inbox(kind, **more)
        post(opened, FIRST[kind])
        work()
        service.asked.clear()
        return Conversation.objects.get(inbox=opened)

    return begin


def say(conversation: Conversation, text: str, **more: Any) -> Dispatch:
    from samspill.workspace.models import Agent

    agent = Agent.objects.get(email="kari@nordlys.example")
    count = conversation.messages.count()
    message = reply(conversation, agent, text, f"agent:{count}", seen=10**9, anyway=True, **more)
    dispatch(message.pk)
    return Dispatch.objects.select_related("message").get(message=message)


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_goes_out_once(talk: Any, service: MessagingServer, kind: str) -> None:
    held = say(talk(kind), "Pakken er på vei 📦")
    for _again in range(2):
        dispatch(held.message_id)
    assert len(service.asked) == 1
    assert "Pakken" in service.asked[0].body.decode()
    assert held.external_id
    held.message.refresh_from_db()
    assert (held.state, held.message.delivery) == ("sent", "sent")


@pytest.mark.parametrize(
    ("kind", "path", "body"),
    [
        ("whatsapp", "/106540352242922/messages", {"messaging_product": "whatsapp", "recipient_type": "individual",
         "to": "+4791234567", "type": "text", "text": {"body": "Hei", "preview_url": False}}),
        ("messenger", "/me/messages", {"recipient": {"id": "psid1"}, "messaging_type": "RESPONSE",
         "message": {"text": "Hei", "metadata": "samspill"}}),
        ("instagram", "/me/messages", {"recipient": {"id": "psid1"}, "messaging_type": "RESPONSE",
         "message": {"text": "Hei"}}),
        ("telegram", "/botthe secret of the app/sendMessage", {"chat_id": "77", "text": "Hei",
         "link_preview_options": {"is_disabled": True}}),
        ("line", "/v2/bot/message/push", {"to": "U4af4980629", "messages": [{"type": "text", "text": "Hei"}]}),
    ],
)  # fmt: skip
def test_the_documented_form(talk: Any, service: MessagingServer, kind: str, path: str, body: Any) -> None:
    say(talk(kind), "Hei")
    asked = service.asked[-1]
    assert (asked.path.replace("%20", " "), asked.json) == (path, body)


def test_twilio_gets_a_form(talk: Any, service: MessagingServer, settings: Any) -> None:
    conversation = talk("sms")
    say(conversation, "Hei")
    form = service.asked[-1].form
    assert (form["To"], form["From"], form["Body"]) == ("+4791234567", "+15017122661", "Hei")
    assert form["StatusCallback"] == f"{settings.URL}/hooks/{conversation.inbox.key}/"
    assert service.asked[-1].headers["Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("whatsapp", ["interactive", "action", "buttons", 0, "reply", "id"]),
        ("messenger", ["message", "quick_replies", 0, "payload"]),
        ("telegram", ["reply_markup", "inline_keyboard", 0, 0, "callback_data"]),
        ("line", ["messages", 0, "quickReply", "items", 0, "action", "data"]),
    ],
)
def test_choices_are_buttons(talk: Any, service: MessagingServer, kind: str, where: list[Any]) -> None:
    say(talk(kind), "Stemmer det?", extras={"choices": CHOICES})
    found = service.asked[-1].json
    for step in where:
        found = found[step]
    assert found == "order:yes"


def test_choices_are_numbers_where_there_are_no_buttons(talk: Any, service: MessagingServer) -> None:
    say(talk("sms"), "Stemmer det?", extras={"choices": CHOICES})
    assert service.asked[-1].form["Body"] == "Stemmer det?\n\n1. Ja\n2. Nei"


@pytest.mark.parametrize(
    ("kind", "most"), [("whatsapp", 4096), ("messenger", 2000), ("telegram", 4096), ("line", 5000)]
)
def test_a_long_text_goes_in_parts_and_a_fault_repeats_none(
    talk: Any, service: MessagingServer, kind: str, most: int
) -> None:
    conversation = talk(kind)
    text = " ".join(f"ord{n} 👩‍👩‍👧" for n in range(most // 6))
    service.faults = [(200, service.answer(_asked(kind))[1]), (503, {})]
    with pytest.raises(Unreachable):
        say(conversation, text)
    message = Message.objects.get(conversation=conversation, direction="out")
    dispatch(message.pk)
    bodies = [_text(kind, asked.json) for asked in service.asked]
    del bodies[1]  # refused by the fault and given again
    assert " ".join(bodies) == text
    assert all(len(body.encode("utf-16-le")) // 2 <= most for body in bodies)
    assert Dispatch.objects.get(message=message).parts.count() == len(bodies)


def _asked(kind: str) -> Any:
    from tests.fakes.messaging_server import Asked

    paths = {
        "whatsapp": "/1/messages",
        "messenger": "/me/messages",
        "line": "/push",
        "telegram": "/sendMessage",
    }
    return Asked("POST", paths[kind], {}, b'{"chat_id": "77"}')


def _text(kind: str, body: Any) -> str:
    if kind == "line":
        return body["messages"][0]["text"]
    return {"whatsapp": lambda: body["text"]["body"], "messenger": lambda: body["message"]["text"]}.get(
        kind, lambda: body["text"]
    )()


FAULTS = [
    ("whatsapp", 429, {"error": {"code": 130429}}, "busy", True),
    ("whatsapp", 400, {"error": {"code": 131047}}, "window_closed", False),
    ("whatsapp", 400, {"error": {"code": 131026}}, "bad_address", False),
    ("whatsapp", 401, {"error": {"code": 190}}, "credentials", True),
    ("whatsapp", 500, {"error": {"code": 131000}}, "service_down", True),
    ("messenger", 400, {"error": {"code": 10, "error_subcode": 2018278}}, "window_closed", False),
    ("messenger", 400, {"error": {"code": 551, "error_subcode": 1545041}}, "bad_address", False),
    ("messenger", 503, {}, "service_down", True),
    (
        "telegram",
        403,
        {"ok": False, "description": "Forbidden: bot was blocked by the user"},
        "blocked",
        False,
    ),
    ("telegram", 400, {"ok": False, "description": "Bad Request: chat not found"}, "bad_address", False),
    ("telegram", 429, {"ok": False, "parameters": {"retry_after": 5}}, "busy", True),
    ("line", 401, {"message": "Authentication failed"}, "credentials", True),
    ("line", 429, {"message": "You have reached your monthly limit."}, "quota", False),
    ("line", 500, {}, "service_down", True),
    ("sms", 400, {"code": 21610}, "opted_out", False),
    ("sms", 400, {"code": 21211}, "bad_address", False),
    ("sms", 401, {"code": 20003}, "credentials", True),
    ("sms", 429, {"code": 20429}, "busy", True),
]


@pytest.mark.parametrize(("kind", "status", "answer", "code", "again"), FAULTS)
def test_faults_have_a_name_and_pass_or_stay(talk: Any, service: MessagingServer, kind, status, answer, code, again) -> None:  # type: ignore[no-untyped-def]  # fmt: skip
    conversation = talk(kind)
    service.faults = [(status, answer)]
    if again:
        with pytest.raises(Unreachable, match=code):
            say(conversation, "Hei")
        message = Message.objects.get(conversation=conversation, direction="out")
        assert Dispatch.objects.get(message=message).state == "waiting"
        dispatch(message.pk)
        assert Dispatch.objects.get(message=message).state == "sent"
    else:
        held = say(conversation, "Hei")
        assert (held.state, held.error) == ("failed", code)
        held.message.refresh_from_db()
        assert held.message.delivery == "failed"
    ill = code in ("credentials", "service_down", "quota") and not again
    assert ChannelHealth.objects.filter(inbox=conversation.inbox, failing_since__isnull=False).exists() is ill


def test_a_service_that_is_gone_is_failing_until_it_answers(
    talk: Any, service: MessagingServer, settings: Any
) -> None:
    conversation = talk("telegram")
    there = settings.SERVICES
    settings.SERVICES = there | {"telegram": "http://127.0.0.1:9"}
    with pytest.raises(Unreachable):
        say(conversation, "Hei")
    assert ChannelHealth.objects.get(inbox=conversation.inbox).error == "unreachable"
    settings.SERVICES = there
    dispatch(Message.objects.get(conversation=conversation, direction="out").pk)
    assert ChannelHealth.objects.get(inbox=conversation.inbox).failing_since is None


def test_line_knows_a_piece_that_it_has_taken(talk: Any, service: MessagingServer) -> None:
    service.faults = [(409, {"message": "The retry key is already accepted", "sentMessages": [{"id": "77"}]})]
    held = say(talk("line"), "Hei")
    assert (held.state, held.external_id) == ("sent", "77")
    assert len(service.asked[0].headers["X-Line-Retry-Key"]) == 36


@pytest.mark.parametrize("kind", ["whatsapp", "messenger", "instagram"])
def test_after_a_day_free_text_is_refused_and_nothing_asked(
    talk: Any, service: MessagingServer, kind: str
) -> None:
    conversation = talk(kind)
    conversation.messages.update(created_at=clock.now() - timedelta(hours=24, minutes=1))
    held = say(conversation, "Hei")
    assert (held.state, held.error, service.asked) == ("failed", "window_closed", [])


def test_after_a_day_a_template_goes_out(talk: Any, service: MessagingServer) -> None:
    conversation = talk("whatsapp")
    conversation.messages.update(created_at=clock.now() - timedelta(days=3))
    template = {"name": "order_ready", "language": "nb", "values": ["Ingrid", "A-1"]}
    assert say(conversation, "Hei Ingrid, A-1 er klar", extras={"template": template}).state == "sent"
    sent = service.asked[-1].json["template"]
    assert (sent["name"], sent["language"]) == ("order_ready", {"code": "nb"})
    assert sent["components"][0]["parameters"][1] == {"type": "text", "text": "A-1"}


def test_a_person_may_answer_for_a_week_where_meta_allows_it(talk: Any, service: MessagingServer) -> None:
    conversation = talk("messenger", human_agent=True)
    conversation.messages.update(created_at=clock.now() - timedelta(days=6))
    assert say(conversation, "Hei").state == "sent"
    assert service.asked[-1].json["tag"] == "HUMAN_AGENT"


def test_states_come_in_any_order_and_never_go_back(talk: Any, service: MessagingServer) -> None:
    conversation = talk("whatsapp")
    held = say(conversation, "Hei")
    for state, stands in [("read", "read"), ("delivered", "read"), ("sent", "read"), ("failed", "read")]:
        post(conversation.inbox, p.whatsapp(statuses=[p.wa_status(held.external_id, state)]))
        work()
        held.refresh_from_db()
        held.message.refresh_from_db()
        assert (held.state, held.message.delivery) == (stands, stands)


def test_a_state_of_failure_says_why(talk: Any, service: MessagingServer) -> None:
    conversation = talk("whatsapp")
    held = say(conversation, "Hei")
    told = p.wa_status(
        held.external_id, "failed", errors=[{"code": 131047, "title": "Re-engagement message"}]
    )
    post(conversation.inbox, p.whatsapp(statuses=[told]))
    work()
    held.refresh_from_db()
    assert (held.state, held.error) == ("failed", "window_closed")


def test_states_of_the_others(talk: Any, service: MessagingServer) -> None:
    page, phone = talk("messenger"), talk("sms")
    first, second = say(page, "Hei"), say(phone, "Hei")
    post(page.inbox, p.meta(p.event(delivery={"mids": [first.external_id], "watermark": 1})))
    post(phone.inbox, p.sms(second.external_id, MessageStatus="delivered"))
    work()
    assert set(Dispatch.objects.values_list("state", flat=True)) == {"delivered"}
    moment = int((clock.now() + timedelta(seconds=5)).timestamp() * 1000)
    post(page.inbox, p.meta(p.event(read={"watermark": moment})))
    post(phone.inbox, p.sms(second.external_id, MessageStatus="undelivered", ErrorCode="30003"))
    work()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("read", "delivered")


def test_our_own_echo_is_no_message_and_a_colleague_s_is(talk: Any, service: MessagingServer) -> None:
    conversation = talk("messenger")
    held = say(conversation, "Hei")
    for echo in (
        {"mid": held.external_id, "text": "Hei", "is_echo": True, "metadata": "samspill"},
        {"mid": held.external_id, "text": "Hei", "is_echo": True, "app_id": 1},
        {"mid": "m_other", "text": "Fra innboksen til Meta", "is_echo": True, "app_id": 2},
    ):
        event = p.event(sender="1906385232743451", page="psid1", message=echo)
        post(conversation.inbox, p.meta(event))
    from tests.channels.messaging.test_again_and_again import later

    later()
    work()
    out = conversation.messages.filter(direction="out").order_by("pk")
    assert [message.text for message in out] == ["Hei", "Fra innboksen til Meta"]
    assert Dispatch.objects.count() == 1
    conversation.refresh_from_db()
    assert conversation.in_charge == "person"


def test_stop_is_kept_and_nothing_is_written_after_it(talk: Any, service: MessagingServer) -> None:
    from samspill.channels.consent import opted_out
    from samspill.kit.models import Event

    conversation = talk("sms")
    post(conversation.inbox, p.sms("SM2", " Stopp. "))
    work()
    assert opted_out(conversation.contact, "sms")
    assert Event.objects.filter(kind="message.received").count() == 1
    held = say(conversation, "Hei")
    assert (held.state, held.error, service.asked) == ("failed", "opted_out", [])
    post(conversation.inbox, p.sms("SM3", "START"))
    work()
    assert say(conversation, "Velkommen tilbake").state == "sent"
    assert conversation.contact.consents.count() == 2


@pytest.mark.parametrize("word", ["STOP", "stopp", "Abmelden", "退訂", "停止", "ARRÊT", "unsubscribe"])
def test_words_of_the_languages_stop(word: str) -> None:
    from samspill.channels.sms.words import answer

    assert answer(word) is False
    assert answer(f"{word} pakken min, takk") is None
