import uuid

import pytest

from samspill.conversations.close import close
from samspill.conversations.models import Conversation, Inbound, Inbox, Message
from samspill.conversations.reply import say
from samspill.kit.models import Event
from samspill.workspace.models import Workspace
from tests.widget.conftest import Panel


def test_nothing_is_stored_about_somebody_who_only_looks(anne: Panel) -> None:
    met = anne.hello()
    assert met["known"]
    assert met["consent"] is None
    assert met["company"] == "Nordlys Solar"
    assert met["abilities"]
    assert met["messages"] == []
    assert not Event.objects.exists()


def test_the_privacy_notice_is_linked(anne: Panel, inbox: Inbox) -> None:
    assert anne.hello()["privacy"] == "https://nordlys.example/privacy"
    Workspace.objects.update(privacy_url="")
    assert anne.hello()["privacy"] == ""
    inbox.settings["privacy"] = "privacy-your-data"
    inbox.save()
    assert anne.hello()["privacy"] == "/help/en/a/privacy-your-data/"


def test_what_is_said_is_kept_raw_and_as_a_message(anne: Panel) -> None:
    answer = anne.say("Hello", page="https://shop.example/panels").json()
    message = Message.objects.get()
    assert answer["id"] == message.pk
    assert (message.text, message.author) == ("Hello", "contact")
    assert message.conversation.page == "https://shop.example/panels"
    raw = Inbound.objects.get()
    assert raw.state == "done"
    assert raw.message == message
    assert b"Hello" in bytes(raw.raw)


def test_the_same_delivery_again_changes_nothing(anne: Panel) -> None:
    body = {"id": str(uuid.uuid4()), "text": "Hello"}
    answers = [anne.post("messages", body).json() for _ in range(3)]
    assert len({answer["id"] for answer in answers}) == 1
    assert Message.objects.count() == Inbound.objects.count() == 1


def test_a_delivery_repeated_after_the_end_opens_nothing_new(anne: Panel) -> None:
    body = {"id": str(uuid.uuid4()), "text": "Hello"}
    anne.post("messages", body)
    close(Conversation.objects.get(), by="system")
    anne.post("messages", body)
    assert Conversation.objects.count() == 1


def test_answers_are_fetched_by_id_with_everything_beside_them(anne: Panel) -> None:
    anne.say("How long?")
    conversation = Conversation.objects.get()
    extras = {"sources": [{"title": "Delivery", "url": "/help/en/delivery"}], "private": "no"}
    said = say(conversation, "Three days.", "turn:1", extras=extras)
    assert said
    news = anne.news(after=said.pk - 1)
    assert [message["text"] for message in news["messages"]] == ["Three days."]
    assert news["messages"][0]["sources"] == extras["sources"]
    assert "private" not in news["messages"][0]
    assert news["room"]
    assert anne.news(after=said.pk)["messages"] == []


def test_fetching_takes_three_queries(anne: Panel, django_assert_num_queries) -> None:
    for number in range(3):
        anne.say(f"Hello {number}")
    with django_assert_num_queries(3):
        anne.news()


def test_nobody_else_sees_or_hears_it(anne: Panel, bjorn: Panel) -> None:
    anne.say("My secret")
    assert bjorn.news()["messages"] == []
    assert bjorn.post("read", {"up_to": 10**9}).status_code == 404


def test_notes_stay_inside(anne: Panel) -> None:
    anne.say("Hello")
    Message.objects.create(
        conversation=Conversation.objects.get(),
        direction="note",
        author="agent",
        external_id="n",
        text="psst",
    )
    assert [message["text"] for message in anne.news()["messages"]] == ["Hello"]


def test_asking_for_a_person_travels_with_the_message(anne: Panel) -> None:
    anne.say("I want a person", asks="person")
    assert Message.objects.get().extras == {"asks": "person"}


def test_reading_is_told(anne: Panel) -> None:
    anne.say("Hello")
    said = say(Conversation.objects.get(), "Hi!", "turn:1")
    assert said
    assert anne.post("read", {"up_to": said.pk}).status_code == 200
    said.refresh_from_db()
    assert said.delivery == "read"


@pytest.mark.parametrize(
    ("body", "error", "status"),
    [
        ({"id": "short", "text": "x"}, "garbled", 400),
        ({"id": "a" * 20, "text": "  "}, "empty", 422),
        ({"id": "a" * 20, "text": "x" * 4001}, "too_long", 422),
        ({"id": "a" * 20, "text": 7}, "garbled", 400),
        ({"id": "a" * 20, "text": "x", "asks": "money"}, "garbled", 400),
        ({"id": "a" * 20, "text": "x", "files": ["k"] * 3 + [1]}, "garbled", 400),
        ([1, 2], "garbled", 400),
    ],
)
def test_bad_input_is_refused_in_the_readers_words(
    anne: Panel, body: object, error: str, status: int
) -> None:
    anne.language = "de"
    answer = anne.post("messages", body)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["message"]
    assert not Message.objects.exists()
    assert not Inbound.objects.exists()


def test_what_a_database_cannot_keep_is_left_out(anne: Panel) -> None:
    assert anne.say("a\0b\ud83d").status_code == 200
    assert Message.objects.get().text == "ab"


@pytest.mark.usefixtures("one_window")
def test_a_flood_is_stopped_with_a_time_to_wait(anne: Panel) -> None:
    answers = [anne.say("again and again") for _ in range(92)]
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert Message.objects.count() == Inbound.objects.count() <= 90


def test_a_pass_is_needed_and_cannot_be_made_up(anne: Panel, inbox: Inbox) -> None:
    anne.shown = anne.shown[:-3] + "abc"
    assert anne.say("Hello").json()["error"] == "pass"
    stranger = Panel(inbox)
    assert stranger.say("Hello").status_code == 401


def test_an_inbox_that_is_switched_off_lets_nobody_in(anne: Panel, inbox: Inbox) -> None:
    Inbox.objects.filter(pk=inbox.pk).update(enabled=False)
    assert anne.post("hello", {"inbox": inbox.key}).status_code == 404
    assert anne.say("Hello").status_code == 404
    assert anne.client.get(f"/widget/panel?inbox={inbox.key}").status_code == 404


def test_no_cookie_is_set(anne: Panel) -> None:
    anne.say("Hello")
    assert not anne.client.cookies
