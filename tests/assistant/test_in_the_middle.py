"""Whatever the assistant is busy with: a side question, a change of mind, an end, a person."""

import pytest

from samspill.assistant.take_turn import take_turn
from samspill.commerce.models import Order, Return
from samspill.conversations.models import Message
from samspill.kit import clock
from tests.assistant.shop import HERS, INGRID, Chat, Shop, run_jobs

QUESTION = "How long is the warranty on solar panels?"
BEGINNINGS = {
    "order_status": "where is my order?",
    "return_item": "I want to return an item",
    "delivery": "what does delivery cost?",
    "opening_hours": "when are you open?",
    "callback": "please call me back",
}
WAITING = [name for name in BEGINNINGS if name != "opening_hours"]  # that one asks nothing


@pytest.mark.parametrize("flow", BEGINNINGS)
def test_a_side_question_is_answered(shop: Shop, flow: str) -> None:
    chat = shop.chat()
    asked = chat.says(BEGINNINGS[flow])
    said = chat.says(QUESTION)
    assert "25 years" in said
    if flow in WAITING:
        assert asked.rpartition("\n\n")[2] in said


@pytest.mark.parametrize("flow", BEGINNINGS)
def test_cancel_ends_it(shop: Shop, flow: str) -> None:
    chat = shop.chat()
    asked = chat.says(BEGINNINGS[flow])
    said = chat.says("cancel")
    assert said
    assert asked.rpartition("\n\n")[2] not in said
    assert chat.talk().in_charge == "assistant"


@pytest.mark.parametrize("flow", BEGINNINGS)
def test_a_person_is_called_at_once(shop: Shop, flow: str) -> None:
    chat = shop.chat()
    chat.says(BEGINNINGS[flow])
    assert "colleague" in chat.says("I want to talk to a person")
    assert chat.talk().in_charge == "person"
    assert chat.talk().summary


@pytest.mark.parametrize("flow", ["order_status", "return_item"])
def test_another_order_number_corrects_the_first(shop: Shop, flow: str) -> None:
    chat = shop.chat()
    chat.says(BEGINNINGS[flow])
    chat.says("NS-99999")
    said = chat.says(f"sorry, it is {HERS}")
    assert "If this order exists" in said
    chat.says("I want to talk to a person")
    assert HERS in str(chat.talk().facts)
    assert "NS-99999" not in str(chat.talk().facts)


def test_another_country_corrects_the_first(shop: Shop) -> None:
    chat = shop.chat()
    chat.says(BEGINNINGS["delivery"])
    chat.says("Peru")
    assert "99" in " ".join([chat.says("no, to Norway"), chat.says("an ordinary parcel")])


def returned(shop: Shop) -> tuple[Chat, Message]:
    """A return, registered; with the message that said yes to it."""
    chat = shop.chat()
    chat.says(BEGINNINGS["return_item"])
    chat.says(HERS)
    run_jobs("assistant.jobs.mail_code")
    chat.says(shop.code_for(INGRID))
    chat.says("it is broken")
    chat.says("yes")
    return chat, Message.objects.filter(direction="in").latest("pk")


def test_a_return_is_registered_once_however_often_the_turn_is_taken(shop: Shop) -> None:
    chat, yes = returned(shop)
    registered = Return.objects.get()
    assert registered.number in chat.answer_to(yes)
    for _ in range(2):
        take_turn(yes.pk)
    assert Return.objects.get() == registered


def test_the_same_item_returned_again_is_the_same_return(shop: Shop) -> None:
    chat, _ = returned(shop)
    chat.says(BEGINNINGS["return_item"])
    chat.says(HERS)
    chat.says("it is broken")
    assert Return.objects.get().number in chat.says("yes")


def test_nothing_is_returned_without_a_yes(shop: Shop) -> None:
    chat, _ = returned(shop)
    Return.objects.all().delete()
    chat.says(BEGINNINGS["return_item"])
    chat.says(HERS)
    chat.says("it is broken")
    chat.says("no")
    assert not Return.objects.exists()


def test_after_the_days_of_grace_a_person_is_offered(shop: Shop) -> None:
    order = Order.objects.get(number=HERS)
    order.shipments.update(delivered_at=clock.ago(days=31))
    chat, yes = returned(shop)
    assert not Return.objects.exists()
    assert "return period" in chat.answer_to(yes)
