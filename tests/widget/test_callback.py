"""The form by which a visitor asks to be called."""

import uuid
from datetime import datetime
from typing import Any

import pytest

from samspill.callbacks.models import Callback, CallbackSettings
from samspill.contacts.models import Consent, Contact
from samspill.conversations.hand_over import hand_over
from samspill.conversations.models import Conversation, Message
from samspill.kit.models import Event
from samspill.widget.callback import WORDING
from tests.widget.conftest import Panel

NUMBER = "912 34 567"


def wish(panel: Panel, number: str = NUMBER, **more: object) -> Any:
    return panel.post("callback", {"id": str(uuid.uuid4()), "number": number, **more})


def test_a_visitor_is_told_when_he_will_be_called_and_where_to_change_it(anne: Panel) -> None:
    assert anne.hello()["callbacks"] is True
    offered = anne.get("callback").json()
    chosen = offered["times"][-1]
    assert wish(anne, topic="My panels", when=chosen["value"]).status_code == 200
    made = Callback.objects.get()
    assert (made.topic, made.source, made.identity.value) == ("My panels", "chat", "+4791234567")
    assert made.promised_by == datetime.fromisoformat(chosen["until"])
    [said] = anne.news()["messages"]
    assert said["from"] == "system"
    assert "+47 91 23 45 67" in said["text"]
    card = said["card"]
    assert (card["until"], card["number"]) == (chosen["until"], "+47 •• •• •• 67")
    assert anne.client.get(card["url"].partition("8000")[2]).status_code == 200
    assert made.conversation == Conversation.objects.get()
    assert anne.news()["cards"] == {str(said["id"]): card}  # as it stands, with whatever else is new


def test_what_was_agreed_to_is_in_the_ledger(anne: Panel) -> None:
    wish(anne)
    given = Consent.objects.get(purpose="callback")
    assert (given.given, given.wording) == (True, WORDING)


@pytest.mark.parametrize(
    ("number", "error"),
    [
        ("", "number_missing"),
        ("ring me", "number_none"),
        ("912", "number_unused"),
        ("+47 829 40 123", "number_costs"),
    ],
)
def test_a_bad_number_is_named_and_leaves_nothing(anne: Panel, number: str, error: str) -> None:
    answer = wish(anne, number)
    assert (answer.status_code, answer.json()["error"]) == (422, error)
    assert not Callback.objects.exists()
    assert not Contact.objects.exists()
    assert not Conversation.objects.exists()


def test_errors_are_in_the_readers_language(bjorn: Panel) -> None:
    assert wish(bjorn, "").json()["message"] == "Skriv telefonnummeret ditt."


def test_a_number_from_the_readers_country_needs_no_country_code(inbox: object) -> None:
    yijun = Panel(inbox, "zh-Hant")  # type: ignore[arg-type]
    yijun.hello()
    assert wish(yijun, "0912 345 678").status_code == 200
    assert Callback.objects.get().identity.value == "+886912345678"
    assert Callback.objects.get().language == "zh-Hant"


def test_sent_again_it_is_one_wish(anne: Panel) -> None:
    body = {"id": str(uuid.uuid4()), "number": NUMBER}
    assert [anne.post("callback", body).status_code for _ in range(2)] == [200, 200]
    assert Message.objects.count() == 1
    assert Event.objects.filter(kind__startswith="callback.asked").count() == 1


def test_a_time_that_is_offered_no_more_is_refused(anne: Panel) -> None:
    assert wish(anne, when="2020-01-01 09:00–12:00").json()["error"] == "call_past"
    assert not Callback.objects.exists()


def test_it_may_be_asked_while_people_have_the_talk(anne: Panel) -> None:
    anne.say("Hello")
    hand_over(Conversation.objects.get(), "asked", summary="", facts=[])
    assert wish(anne).status_code == 200
    assert anne.news()["messages"][-1]["card"]["kind"] == "callback"
    assert Conversation.objects.get().in_charge == "person"


def test_nobody_can_flood_the_callers(anne: Panel) -> None:
    answers = [wish(anne, f"912 34 5{number:02}") for number in range(10, 18)]
    assert answers[0].status_code == 200
    assert answers[-1].json()["error"] == "too_many"
    assert Callback.objects.count() == 6


def test_switched_off_it_is_neither_shown_nor_taken(anne: Panel) -> None:
    CallbackSettings.objects.create(pk=1, is_on=False)
    assert anne.hello()["callbacks"] is False
    assert anne.get("callback").json()["error"] == "call_off"
    assert wish(anne).json()["error"] == "call_off"


def test_without_a_pass_nothing_is_taken(anne: Panel) -> None:
    anne.shown = ""
    assert wish(anne).status_code == 401
