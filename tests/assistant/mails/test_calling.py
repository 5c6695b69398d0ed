"""Mails that ask to be called."""

import pytest

from samspill.assistant.mails.approve import approve
from samspill.assistant.mails.prepared import dismiss, offered, settle_by, use
from samspill.assistant.models import PreparedReply
from samspill.callbacks.models import Callback, CallbackSettings
from samspill.contacts.models import Consent
from samspill.conversations.reply import reply
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


def test_an_agents_own_words_decide_whether_it_is_opened(shop: Shop, thread: Thread) -> None:
    prepared = thread.says(MAIL)
    assert prepared is not None
    kept = offered(prepared, shop.world.kari).replace("Hello Ingrid", "Dear Ingrid")
    settle_by(reply(thread.now(), shop.world.kari, kept, "own", seen=10**9))
    assert PreparedReply.objects.get().state == "edited"
    assert Callback.objects.count() == 1


def test_put_away_nothing_is_opened(shop: Shop, thread: Thread) -> None:
    prepared = thread.says(MAIL)
    assert prepared is not None
    dismiss(prepared, shop.world.kari)
    assert not Callback.objects.exists()


def test_switched_off_a_person_takes_over(thread: Thread) -> None:
    CallbackSettings.objects.create(pk=1, is_on=False)
    thread.says(MAIL)
    assert thread.now().in_charge == "person"
