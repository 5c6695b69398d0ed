"""The contact form: it opens a conversation, offers articles first, and counts honestly."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from samspill.callbacks.models import Callback
from samspill.contacts.models import Consent
from samspill.contacts.recognise import recognise
from samspill.conversations.configure import add_inbox
from samspill.conversations.contact import has_written
from samspill.conversations.models import Conversation, Message
from samspill.kit.models import Event
from samspill.knowledge import deflect
from samspill.knowledge.models import Deflection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_model")]
KEY = "0f9a1c52-7b1e-4d39-9f44-6a86e1f6b7c0"
FILLED = {
    "name": "Ingrid Berg", "email": "ingrid@example.no", "topic": "My delivery", "order": "NS-12345",
    "text": "What does the delivery cost to Tromsø?", "key": KEY, "seen": "1",
}  # fmt: skip


@pytest.fixture
def mailbox(world):
    return add_inbox("email", "Support", by=world.astrid.actor)


@pytest.fixture
def cost(write):
    return write("cost", "en", "What does delivery cost?", "It costs 149 kroner.")


def send(client, **changes):
    return client.post("/help/en/contact/send", FILLED | changes)


def tell(client, said, **more):
    return client.post("/help/en/contact/told", {"key": KEY, "said": said, **more})


def test_a_message_opens_a_conversation_that_is_answered_by_mail(client, mailbox):
    answer = send(client, files=SimpleUploadedFile("bill.pdf", b"%PDF-1.4 x"))
    conversation = Conversation.objects.get()
    assert (conversation.inbox, conversation.subject, conversation.threaded) == (mailbox, "My delivery", True)
    assert conversation.identity.kind == "email"
    assert conversation.identity.verified_at is None
    message = conversation.messages.get()
    assert message.text.endswith("Tromsø?\n\nNS-12345")
    assert message.attachments.get().name == "bill.pdf"
    assert Event.objects.filter(kind="message.received", conversation_id=conversation.pk).count() == 1
    assert Consent.objects.get().given
    page = client.get(answer["Location"]).content.decode()
    assert f"#{conversation.pk}" in page


def test_sent_twice_arrives_once(client, mailbox):
    send(client)
    send(client)
    assert Message.objects.count() == 1


def test_without_a_script_articles_are_shown_once_before_it_is_sent(client, mailbox, cost):
    shown = send(client, seen="", key="").content.decode()
    assert "What does delivery cost?" in shown
    assert "Send anyway" in shown
    assert not Conversation.objects.exists()
    key = shown.partition('name="key" value="')[2].partition('"')[0]
    send(client, key=key)
    assert Conversation.objects.count() == 1
    assert Deflection.objects.get().state == "came"


@pytest.mark.parametrize("wrong", [{"email": "nobody"}, {"text": " "}, {"name": ""}])
def test_what_is_missing_is_said_and_nothing_lost(client, mailbox, wrong):
    answer = send(client, **wrong)
    assert answer.status_code == 422
    assert "NS-12345" in answer.content.decode()
    assert not Conversation.objects.exists()


def test_a_program_falls_into_the_trap_without_noticing(client, mailbox):
    assert "/contact/sent" in send(client, website="https://spam.example")["Location"]
    assert not Conversation.objects.exists()


@pytest.mark.usefixtures("one_window")
def test_too_many_are_refused_with_words(client, mailbox):
    statuses = [send(client, key=f"{KEY[:-2]}{n:02d}").status_code for n in range(7)]
    assert statuses == [302] * 5 + [429] * 2
    assert Conversation.objects.count() == 5


def test_without_a_mailbox_nobody_is_promised_an_answer(client, world):
    assert "The form is closed" in client.get("/help/en/contact/").content.decode()
    assert send(client).status_code == 422


def test_it_may_be_framed_only_where_it_says_so(client, mailbox):
    assert "frame-ancestors *" in client.get("/help/en/contact/?embed=1")["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/help/en/contact/")["Content-Security-Policy"]
    assert "embed=1" in client.post("/help/en/contact/send?embed=1", FILLED)["Location"]


def test_articles_while_one_writes(client, mailbox, cost):
    assert (
        "What does delivery cost?" in client.get("/help/en/contact/articles?q=delivery cost").content.decode()
    )
    assert "149 kroner" in client.get("/help/en/contact/articles/cost").content.decode()
    assert client.get("/help/en/contact/articles/none").status_code == 404


def test_confirmed_counts_and_opened_nothing_does_not(client, mailbox, cost):
    tell(client, "offered")
    tell(client, "confirmed")
    assert Deflection.objects.get().state == "open"
    tell(client, "opened", article="cost", email="ingrid@example.no")
    assert "Nothing was sent" in tell(client, "confirmed").content.decode()
    kept = Deflection.objects.get()
    assert (kept.state, kept.articles) == ("confirmed", [cost.article_id])
    send(client)
    assert Deflection.objects.get().state == "came"


def a_day_later():
    Deflection.objects.update(at=timezone.now() - timedelta(hours=25))
    Message.objects.update(created_at=timezone.now() - timedelta(hours=20))
    deflect.settle(has_written)
    return Deflection.objects.get().state


def test_quiet_for_a_day_counts(client, mailbox, cost):
    tell(client, "opened", article="cost", email="ingrid@example.no")
    assert deflect.settle(has_written) == 0
    assert a_day_later() == "quiet"


def test_whoever_writes_on_another_channel_came(client, world, mailbox, cost):
    tell(client, "opened", article="cost", email="ingrid@example.no")
    recognise("email", "ingrid@example.no")
    known = recognise("email", "ingrid@example.no")
    known.contact = world.ingrid.contact
    known.save()
    world.hears(world.ingrid)
    assert a_day_later() == "came"


@pytest.mark.parametrize("given", [{"article": "cost"}, None])
def test_of_whom_nothing_is_known_nothing_is_counted(client, mailbox, cost, given):
    tell(client, "opened", **given) if given else tell(client, "offered")
    assert a_day_later() == "open"
    assert deflect.by_week()[0][1].deflected == 0


def test_the_report_shows_weeks_and_articles(client, world, mailbox, cost):
    tell(client, "opened", article="cost")
    tell(client, "confirmed")
    client.force_login(world.kari)
    page = client.get("/desk/unanswered/spared/").content.decode()
    assert "What does delivery cost?" in page


def test_instead_of_an_answer_by_mail_they_are_called(client, mailbox):
    call = {"by": "phone", "number": "912 34 567", "when": "soon"}
    assert send(client, **call | {"number": "12"}).status_code == 422
    assert not Conversation.objects.exists()
    answer = send(client, **call)
    callback = Callback.objects.get()
    assert (callback.source, callback.conversation, callback.topic) == (
        "form",
        Conversation.objects.get(),
        "My delivery",
    )
    assert callback.told_at.value == "ingrid@example.no"
    page = client.get(answer["Location"]).content.decode()
    assert "We will call you" in page
    assert "/help/en/callback/" in page
    send(client, **call)
    assert Callback.objects.count() == 1


def test_by_mail_no_number_is_asked_for(client, mailbox):
    assert send(client, by="mail", number="12").status_code == 302
    assert not Callback.objects.exists()
