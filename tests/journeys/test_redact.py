"""An agent takes personal data out of a message; colleagues and the customer see it go, and it can come back."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from samspill.conversations.models import Message
from samspill.conversations.redact import Piece, put_back, redact
from samspill.workspace.models import Agent
from tests.journeys.desk import DESKTOP, PHONE, chromium, desk, go, site, windows, world  # noqa: F401 - fixtures
from tests.journeys.test_agent import _no_serious
from tests.journeys.test_visitor import Come, come  # noqa: F401 - fixture
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread

Desk = Callable[..., Page]
SAID = "Jeg heter Ingrid Berg, ring 22 12 34 56 eller skriv til ingrid@berg.no."


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_is_chosen_goes_and_comes_back(
    world: World,  # noqa: F811
    desk: Desk,  # noqa: F811
    size: dict[str, int],
    scheme: str,
) -> None:
    conversation = world.hears(world.ingrid, SAID)
    kari, ola = desk("kari@nordlys.example", size, scheme), desk("ola@nordlys.example")
    for page in (kari, ola):
        go(page, f"/desk/c/{conversation.pk}/")
    dialog = _dialog(kari)
    expect(dialog.get_by_role("checkbox")).to_have_count(3)
    dialog.get_by_text("ingrid@berg.no").click()  # this one may stay
    _no_serious(kari, "redacting")
    if shots := os.environ.get("SHOTS"):
        kari.screenshot(path=f"{shots}/redact-{size['width']}-{scheme}.png")
    assert kari.evaluate("document.documentElement.scrollWidth <= innerWidth")
    dialog.get_by_role("button", name="Remove", exact=True).click()
    for page in (kari, ola):
        expect(page.locator("#thread")).to_contain_text("[")
        expect(page.locator("#thread")).not_to_contain_text("22 12 34 56")
        expect(page.locator("#thread")).to_contain_text("ingrid@berg.no")
        expect(page.locator("#thread")).to_contain_text("Kari Nordmann removed personal data")
    kari.locator("#toasts").get_by_role("button", name="Undo").click()
    for page in (kari, ola):
        expect(page.locator("#thread")).to_contain_text(SAID)


def test_it_can_be_undone_from_the_dialog_too(world: World, desk: Desk) -> None:  # noqa: F811
    conversation = world.hears(world.ingrid, SAID)
    page = desk("kari@nordlys.example")
    go(page, f"/desk/c/{conversation.pk}/")
    dialog = _dialog(page)
    dialog.get_by_label("Something else in this message").fill("Berg")
    dialog.get_by_role("button", name="Remove", exact=True).click()
    expect(page.locator("#thread")).not_to_contain_text("22 12 34 56")
    expect(dialog).to_be_hidden()
    _dialog(page).get_by_role("button", name="Undo").click()
    expect(page.locator("#thread")).to_contain_text(SAID)


def _dialog(page: Page) -> Locator:
    page.locator("#thread .said.in").first.hover()
    page.get_by_role("button", name="Remove personal data").click()
    return page.get_by_role("dialog")


def test_the_customers_open_chat_shows_it_at_once(come: Come) -> None:  # noqa: F811
    anne = come().visit().open()
    anne.write(SAID)
    expect(anne.panel.locator('.from-contact[data-state="sent"]')).to_be_visible()
    said = Message.objects.get(direction="in")
    agent = Agent.objects.create(email="mari.tangen@nordlys-solar.example", name="Mari Tangen")
    made = redact(said, [Piece("22 12 34 56", "phone", "phone number")], by=agent)
    expect(anne.bubbles("ring [phone number 1] eller")).to_be_visible()
    put_back(made, by=agent)
    expect(anne.bubbles("ring 22 12 34 56 eller")).to_be_visible()
