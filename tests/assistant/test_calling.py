"""A visitor asks the assistant to be called."""

import pytest

from samspill.assistant.take_turn import take_turn
from samspill.callbacks.models import Callback, CallbackSettings
from samspill.callbacks.wording import WORDING
from samspill.contacts.models import Consent
from samspill.conversations.models import Message
from samspill.kit.models import Event
from samspill.workspace.models import Workspace
from tests.assistant.shop import Chat, Shop


def ready(shop: Shop, language: str = "en", ask: str = "please call me back on 912 34 567") -> Chat:
    """Everything is said but the yes."""
    chat = shop.chat(language)
    chat.says(ask)
    chat.says("an invoice")
    chat.says("soon", value="soon")
    return chat


def test_a_callback_is_opened_and_shown_as_a_card(shop: Shop) -> None:
    chat = ready(shop)
    summary = chat.last().text
    assert "+47 91 23 45 67" in summary
    assert "You agree that we call you" in summary
    assert not Callback.objects.exists()
    assert "We'll call +47 91 23 45 67 today" in chat.says("yes")
    made = Callback.objects.get()
    assert (made.topic, made.source, made.conversation) == ("an invoice", "chat", chat.talk())
    assert chat.last().extras["card"]["kind"] == "callback"
    assert Consent.objects.get(purpose="callback").wording == WORDING


@pytest.mark.parametrize(
    ("language", "ask", "said"),
    [
        ("nb", "Kan dere ringe meg på 912 34 567?", "Vi ringer +47 91 23 45 67"),
        ("de", "Können Sie mich unter 030 12345678 zurückrufen?", "Wir rufen"),
        ("zh-Hant", "可以請你們回電給我嗎？我的電話是 0912 345 678", "撥打 +886 912 345 678"),
    ],
)
def test_in_the_customers_language(shop: Shop, language: str, ask: str, said: str) -> None:
    chat = ready(shop, language, ask)
    assert said in chat.says({"nb": "ja", "de": "ja", "zh-Hant": "好"}[language])
    assert Callback.objects.get().language == language


def test_a_turn_taken_twice_opens_one(shop: Shop) -> None:
    chat = ready(shop)
    yes = chat.hears("yes")
    for _ in range(2):
        take_turn(yes.pk)
    assert Event.objects.filter(kind__startswith="callback.asked").count() == 1


def test_a_bad_number_is_named_at_once(shop: Shop) -> None:
    chat = shop.chat()
    chat.says("can someone call me")
    assert "premium-rate" in chat.says("+47 829 40 123")
    assert "no number" in chat.says("+47 912 34")
    assert "What is it about" in chat.says("+47 912 34 567")


def test_switched_off_a_person_is_offered(shop: Shop) -> None:
    CallbackSettings.objects.create(pk=1, is_on=False)
    chat = shop.chat()
    assert "don't call back" in chat.says("please call me back on 912 34 567")
    assert chat.last().extras["choices"][0]["value"] == "_person"


def test_outside_opening_hours_a_callback_is_offered(shop: Shop) -> None:
    Workspace.objects.update(hours={"mon": [["09:00", "09:01"]]})
    chat = shop.chat()
    chat.says("I want to talk to a person")
    assert "_callback" in [choice["value"] for choice in chat.last().extras["choices"]]


def test_nothing_personal_is_in_events(shop: Shop) -> None:
    chat = ready(shop)
    chat.says("yes")
    assert Message.objects.exists()
    assert not [
        event
        for event in Event.objects.all()
        if "91234567" in str(event.data) or "invoice" in str(event.data)
    ]
