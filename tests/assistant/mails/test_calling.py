"""Mails that ask to be called."""

import pytest

from samspill.assistant.mails.approve import approve
from samspill.assistant.mails.prepared import dismiss, offered, settle_by, use
from samspill.assistant.models import PreparedReply
from samspill.callbacks.link import opened
from samspill.callbacks.models import Callback, CallbackSettings
from samspill.contacts.models import Consent
from samspill.conversations.models import Message
from samspill.conversations.reply import reply
from samspill.kit.models import Event
from tests.assistant.mails.letters import Thread, write_to
from tests.assistant.shop import INGRID, Shop

MAIL = "Hello,\n\nplease call me back about my panels. My number is +47 912 34 567.\n\nKind regards\nIngrid"


@pytest.fixture
def thread(shop: Shop) -> Thread:
    return write_to(shop.world, INGRID, "Ingrid Berg", subject="My panels")


def test_the_reply_promises_a_call_and_opens_it_when_it_is_sent(shop: Shop, thread: Thread) -> None:
    prepared = thread.says(MAIL)
    assert prepared is not None
    assert (prepared.intent, prepared.why_waiting) == ("callback", "not_approved")
    assert "+47 91 23 45 67: today" in prepared.text
    assert not Callback.objects.exists()
    sent = use(prepared, shop.world.kari, seen=prepared.message_id)
    made = Callback.objects.get()
    assert (made.source, made.topic, made.asked_by) == ("email", "My panels", shop.world.kari.actor)
    assert made.conversation == thread.conversation
    assert sent is not None
    assert "/callback/" in sent.text
    assert "+47 91 23 45 67" in sent.text
    assert Consent.objects.get(purpose="callback").wording == f"mail:{prepared.message_id}"


def test_approved_it_goes_out_by_itself_once(shop: Shop, thread: Thread) -> None:
    approve("callback", 0.5, shop.world.astrid)
    prepared = thread.says(MAIL)
    assert prepared is not None
    assert prepared.state == "sent"
    [sent] = thread.sent()
    assert "/callback/" in sent.text
    assert Callback.objects.get().asked_by == "assistant"


def test_the_time_that_is_asked_for_is_the_time_that_is_promised(thread: Thread) -> None:
    prepared = thread.says(MAIL.replace("about", "tomorrow morning about"))
    assert prepared is not None
    assert "Tomorrow" in prepared.text
    assert prepared.callback["when"]


def test_a_number_under_the_mail_counts_one_in_a_quote_does_not(thread: Thread) -> None:
    asks = "Hello, please call me back as soon as you can."
    signed = thread.says(asks, signature="Ingrid Berg\nMobil 912 34 567")
    assert signed is not None
    assert signed.callback["number"] == "+4791234567"
    quoted = thread.says(f"{asks} It is urgent.", quoted="Call us on +47 22 22 55 55")
    assert quoted is not None
    assert quoted.callback == {}


def test_without_a_number_the_reply_asks_for_it(shop: Shop, thread: Thread) -> None:
    approve("callback", 0.5, shop.world.astrid)
    prepared = thread.says("Hello, can someone call me please?")
    assert prepared is not None
    assert prepared.why_waiting == "asks"
    assert "/help/en/callback/" in prepared.text
    use(prepared, shop.world.kari, seen=prepared.message_id)
    assert not Callback.objects.exists()


def test_nobody_is_called_because_a_stranger_says_so(shop: Shop) -> None:
    thread = write_to(shop.world, INGRID, "Ingrid Berg", proven=False)
    prepared = thread.says(MAIL)
    assert prepared is not None
    assert prepared.callback == {}
    assert "912" not in prepared.text
    assert "91 23" not in prepared.text


def changed(shop: Shop, thread: Thread, old: str, new: str) -> Message:
    """Kari sends the prepared reply with other words in it."""
    prepared = thread.says(MAIL)
    assert prepared is not None
    text = offered(prepared, shop.world.kari)
    assert old in text
    sent = reply(thread.now(), shop.world.kari, text.replace(old, new), "own", seen=10**9)
    settle_by(sent)
    return Message.objects.get(pk=sent.pk)


def test_changed_by_an_agent_the_reply_keeps_the_link(shop: Shop, thread: Thread) -> None:
    sent = changed(shop, thread, "Hello Ingrid", "Dear Ingrid")
    settled = PreparedReply.objects.get()
    assert (settled.state, settled.sent) == ("edited", sent)
    made = Callback.objects.get()
    assert (made.asked_by, made.conversation) == (shop.world.kari.actor, thread.conversation)
    assert sent.text.startswith("Dear Ingrid")
    url = next(line for line in sent.text.splitlines() if "/help/en/callback/" in line)
    found = opened(url.rstrip("/").rsplit("/", 1)[1])
    assert found == (made, True, True)
    assert Event.objects.filter(kind__startswith="callback.asked").count() == 1


def test_where_the_promise_was_rewritten_the_link_stands_below_the_number(shop: Shop, thread: Thread) -> None:
    prepared = thread.says(MAIL)
    assert prepared is not None
    own = prepared.text.replace(prepared.callback["said"], "Anna rings you on 91 23 45 67.")
    sent = reply(thread.now(), shop.world.kari, own, "own", seen=10**9)
    told = sent.text.split("Anna rings you on 91 23 45 67.\n\n")[1]
    assert told.startswith("Planned: today")
    assert "/help/en/callback/" in told.split("\n\n")[0]
    assert Callback.objects.count() == 1


def test_without_the_number_nothing_is_promised_and_nothing_opened(shop: Shop, thread: Thread) -> None:
    prepared = thread.says(MAIL)
    assert prepared is not None
    own = prepared.text.replace(prepared.callback["said"], "We write to you today.")
    sent = reply(thread.now(), shop.world.kari, own, "own", seen=10**9)
    assert "callback" not in sent.text
    assert not Callback.objects.exists()


def test_an_answer_of_their_own_opens_nothing(shop: Shop, thread: Thread) -> None:
    thread.says(MAIL)
    sent = reply(thread.now(), shop.world.kari, "Which roof is it, 91 23 45 67?", "own", seen=10**9)
    settle_by(sent)
    assert PreparedReply.objects.get().state == "overtaken"
    assert not Callback.objects.exists()


def test_put_away_nothing_is_opened(shop: Shop, thread: Thread) -> None:
    prepared = thread.says(MAIL)
    assert prepared is not None
    dismiss(prepared, shop.world.kari)
    assert not Callback.objects.exists()


def test_switched_off_a_person_takes_over(thread: Thread) -> None:
    CallbackSettings.objects.create(pk=1, is_on=False)
    thread.says(MAIL)
    assert thread.now().in_charge == "person"
