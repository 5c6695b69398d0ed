"""A customer asks for a call on a phone, moves it, wants no forecast, and cancels it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from samspill.callbacks.models import Callback
from samspill.workspace.hours import DAYS
from samspill.workspace.models import Workspace

pytestmark = pytest.mark.django_db(transaction=True)
ALWAYS = {day: [["00:00", "23:59"]] for day in DAYS}


@pytest.fixture
def phone(busy_world, address: str, page: Page) -> Page:  # type: ignore[no-untyped-def]
    """The help centre on a phone; the company is there at any hour."""
    Workspace.objects.update(hours=ALWAYS)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}/help/en/")
    return page


def good(page: Page) -> None:
    """Nobody is kept out, and nothing is wider than the phone."""
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_from_the_wish_to_the_change_of_mind(phone: Page) -> None:
    phone.get_by_role("link", name="Have us call you").click()
    good(phone)
    phone.get_by_label("Your phone number").fill("12")
    phone.get_by_role("button", name="Call me").click()
    expect(phone.get_by_text("There is no such number")).to_be_visible()
    good(phone)
    phone.get_by_label("Your phone number").fill("912 34 567")
    phone.get_by_role("button", name="Call me").click()
    expect(phone.get_by_role("heading", name="We will call you")).to_be_visible()
    good(phone)
    phone.get_by_text("Another time").click()
    choice = phone.locator(".day .span").last
    choice.click()
    phone.get_by_role("button", name="Call me then").click()
    expect(phone.get_by_role("heading", name="Your callback")).to_be_visible()
    assert Callback.objects.get().not_before is not None
    phone.get_by_role("button", name="Call me without a forecast").click()
    expect(phone.get_by_text("No forecast is made for you")).to_be_visible()
    phone.get_by_role("button", name="Do not call me").click()
    expect(phone.get_by_role("heading", name="We will not call you")).to_be_visible()
    good(phone)
    phone.get_by_role("button", name="Call me after all").click()
    expect(phone.get_by_role("heading", name="Your callback")).to_be_visible()
    assert [row.state for row in Callback.objects.order_by("pk")] == ["cancelled", "open"]
