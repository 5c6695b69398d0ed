"""A visitor asks to be called: by the form in the chat, then by talking to the assistant."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from samspill.assistant.take_turn import take_turn
from samspill.callbacks.card import redraw_cards
from samspill.callbacks.change import cancel, move
from samspill.callbacks.models import Callback
from samspill.callbacks.times import offers
from samspill.conversations.hand_over import hand_over
from samspill.conversations.models import Message
from samspill.kit import clock
from samspill.workspace.hours import DAYS
from samspill.workspace.models import Workspace
from tests.assistant.conftest import settled_mind  # noqa: F401 - fixtures
from tests.journeys.shop import Visitor, conversation
from tests.journeys.test_visitor import _serious, _until, come  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db(transaction=True)
Come = Callable[..., Visitor]


def test_by_the_form_and_by_talking(come: Come, settled_mind: None) -> None:  # noqa: F811
    Workspace.objects.update(hours={day: [["00:00", "23:59:59"]] for day in DAYS})
    anne = come().visit().open()
    anne.panel.locator("#call").click()
    number = anne.panel.locator("#call-number")
    expect(number).to_be_focused()
    anne.panel.locator(".call .main").click()
    expect(anne.panel.locator("#call-number-why")).to_have_text("Please type your phone number.")
    expect(number).to_be_focused()
    number.fill("912")
    expect(anne.panel.locator("#call-number-why")).to_be_empty()
    number.press("Enter")
    expect(anne.panel.locator("#call-number-why")).to_contain_text("There is no such number")
    number.fill("912 34 567")
    anne.panel.locator("#call-topic").fill("My panels")
    expect(anne.panel.locator("#call-when option").nth(1)).to_be_attached()
    anne.panel.locator("#call-when").select_option(index=1)
    assert _serious(anne.page) == []
    anne.panel.locator(".call .main").click()
    card = anne.panel.locator(".order", has_text="Callback")
    expect(card).to_contain_text("67")
    expect(card.locator("a")).to_have_attribute("href", re.compile("/callback/"))
    expect(anne.panel.locator(".call")).to_have_count(0)
    assert Callback.objects.get().topic == "My panels"
    _by_talking(anne)
    _as_it_stands(anne)


def _by_talking(anne: Visitor) -> None:
    for said in ("please call me back on 412 34 567", "an invoice", "asap", "yes"):
        before = Message.objects.filter(direction="in").count()
        anne.write(said)
        _until(lambda before=before: Message.objects.filter(direction="in").count() > before)  # type: ignore[misc]
        take_turn(Message.objects.filter(direction="in").latest("pk").pk)
    expect(anne.bubbles("We'll call +47 41 23 45 67")).to_be_visible()
    expect(anne.panel.locator(".order", has_text="Callback")).to_have_count(2)
    assert Callback.objects.filter(source="chat").count() == 2


def _as_it_stands(anne: Visitor) -> None:
    """What becomes of the first callback shows on its card at once, and after a reload."""
    card, made = anne.panel.locator(".order", has_text="Callback").first, Callback.objects.earliest("pk")
    before = card.inner_text()
    span = offers(clock.now())[-1]
    redraw_cards(move(made, span, by=made.contact.actor))
    expect(card.locator("strong").last).not_to_have_text(before.splitlines()[1])
    redraw_cards(cancel(made, by="system"))
    for _ in range(2):
        expect(card).to_contain_text("We won’t call you")
        expect(card.get_by_role("link", name="Call me after all")).to_be_visible()
        expect(anne.panel.locator(".order", has_text="Move it")).to_have_count(
            1
        )  # the other one is as it was
        assert _serious(anne.page) == []
        anne.page.reload()


def test_when_nobody_is_there_a_call_is_one_press_away(come: Come) -> None:  # noqa: F811
    anne = come().visit().open()
    anne.write("Hello")
    expect(anne.panel.locator('.from-contact[data-state="sent"]')).to_be_visible()
    hand_over(conversation(), "asked", summary="", facts=[])
    anne.panel.locator("#after").get_by_role("button", name="Call me back").click()
    expect(anne.panel.locator("#call-number")).to_be_focused()
    anne.page.keyboard.press("Escape")
    expect(anne.panel.locator(".call")).to_have_count(0)
    expect(anne.launcher).to_have_attribute("aria-expanded", "true")
