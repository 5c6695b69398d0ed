"""What becomes of a reply that waits."""

import pytest

from samspill.assistant.mails.approve import approve, records, withdraw
from samspill.assistant.mails.prepared import bring_back, dismiss, offered, settle_by, use
from samspill.assistant.models import Approval, PreparedReply
from samspill.conversations.errors import Collision
from samspill.conversations.reply import reply
from samspill.kit.models import Event
from tests.assistant.mails.letters import Thread, write_to
from tests.at_once import at_once
from tests.world import World

TEXT = "Hello Ingrid,\n\nThe warranty is 25 years.\n\nKind regards\nNordlys Solar"


def _waiting(thread: Thread, **facts: object) -> PreparedReply:
    from samspill.assistant.mails.compose import alone

    message = thread.hears("How long is the warranty?")
    given = {"text": f"{TEXT}\n\n{alone('en')}", "language": "en", "intent": "question", "confidence": 0.9}
    return PreparedReply.objects.create(message=message, conversation=thread.conversation, **given | facts)


@pytest.fixture
def thread(world: World) -> Thread:
    return write_to(world, "ingrid.berg@example.no", "Ingrid Berg")


def test_one_click_sends_it_once_in_the_agents_name(world: World, thread: Thread) -> None:
    prepared = _waiting(thread)
    for _ in range(3):
        sent = use(PreparedReply.objects.get(), world.kari, seen=prepared.message_id)
    [only] = thread.sent()
    assert sent == only
    assert (only.author, only.agent) == ("agent", world.kari)
    assert TEXT in only.text
    assert "read by Kari Nordmann" in only.text
    assert "not by a person" not in only.text
    prepared.refresh_from_db()
    assert (prepared.state, prepared.sent, prepared.agent) == ("used", only, world.kari)
    assert Event.objects.filter(kind="dispatch.asked").count() == 1


def test_two_agents_at_once_send_one(busy_world: World) -> None:
    thread = write_to(busy_world, "ingrid.berg@example.no", "Ingrid Berg")
    prepared = _waiting(thread)

    def click(agent: object) -> object:
        return use(PreparedReply.objects.get(), agent, seen=prepared.message_id)  # type: ignore[arg-type]

    at_once(lambda: click(busy_world.kari), lambda: click(busy_world.ola))
    assert len(thread.sent()) == 1


def test_it_is_not_sent_past_a_mail_nobody_has_read(world: World, thread: Thread) -> None:
    prepared = _waiting(thread)
    thread.hears("Forget it, I found it.")
    with pytest.raises(Collision):
        use(prepared, world.kari, seen=prepared.message_id)
    assert thread.sent() == []


def test_dismissed_and_brought_back(world: World, thread: Thread) -> None:
    prepared = _waiting(thread)
    assert dismiss(prepared, world.kari)
    prepared.refresh_from_db()
    assert prepared.state == "dismissed"
    assert use(prepared, world.kari, seen=prepared.message_id) is None
    assert bring_back(prepared, world.kari)
    prepared.refresh_from_db()
    assert prepared.state == "waiting"


def test_it_does_not_come_back_after_an_answer(world: World, thread: Thread) -> None:
    prepared = _waiting(thread)
    dismiss(prepared, world.kari)
    reply(thread.now(), world.kari, "25 years.", "k", seen=10**9)
    assert not bring_back(prepared, world.kari)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("same", "used"),
        (TEXT.replace("25 years", "25 years from delivery, and 10 on inverters"), "edited"),
        ("Hi, I shall look into it and call you tomorrow.", "overtaken"),
    ],
)
def test_an_agents_own_answer_settles_it(world: World, thread: Thread, answer: str, state: str) -> None:
    prepared = _waiting(thread)
    text = offered(prepared, world.kari) if answer == "same" else answer
    settle_by(reply(thread.now(), world.kari, text, "k", seen=10**9))
    prepared.refresh_from_db()
    assert prepared.state == state


def test_a_chinese_reply_with_a_changed_word_counts_as_edited(world: World, thread: Thread) -> None:
    prepared = _waiting(thread, text="陳怡君 您好：\n\n保固期為二十五年，自交貨日起算。", language="zh-Hant")
    settle_by(
        reply(thread.now(), world.kari, "陳怡君 您好：\n\n保固期為二十年，自交貨日起算。", "k", seen=10**9)
    )
    prepared.refresh_from_db()
    assert prepared.state == "edited"


def test_the_record_of_an_intent_suggests_to_approve_it(world: World, thread: Thread) -> None:
    for number in range(20):
        state = "used" if number < 19 else "edited"
        _waiting(thread, state=state)
    row = next(row for row in records() if row.intent == "question")
    assert (row.n, row.unchanged, row.edited, row.share(row.unchanged)) == (20, 19, 1, 95)
    assert row.ready
    approve("question", 0.95, world.astrid)
    assert Approval.objects.get().least == 0.95
    assert not next(row for row in records() if row.intent == "question").ready
    assert withdraw("question", world.astrid)
    assert not Approval.objects.exists()
