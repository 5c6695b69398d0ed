"""An agent calls people back by keyboard alone: take, call, no answer, undo, answered; colleagues see it live."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.models import Attempt, Callback, CallbackSettings
from samspill.kit import clock
from samspill.workspace.models import Workspace
from tests.journeys.desk import DESKTOP, PHONE, chromium, desk, site, windows, world  # noqa: F401 - fixtures
from tests.journeys.test_agent import _no_serious
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread

Desk = Callable[..., Page]
SETTINGS = ["", "hours/", "hours/NO/", "callers/"]
ALWAYS = {"week": [[0, 24]] * 7, "holidays": True}


@pytest.fixture(autouse=True)
def _open_all_day(world: World) -> None:  # noqa: F811
    """A journey may be made at night: open, and legal to call, round the clock."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    Workspace.objects.update(hours={day: [["00:00", "23:59"]] for day in days})
    CallbackSettings.objects.create(pk=1, legal={"default": ALWAYS, "NO": ALWAYS}, control=0)


def _asked(world: World, name: str, number: str) -> Callback:  # noqa: F811
    contact = getattr(world, name).contact
    wish = Wish(number, "chat", topic="Tilbud på solceller til låven")
    return ask(contact, wish, by=contact.actor, wording="callback-2026-11")


def test_a_morning_of_calls_by_keyboard(world: World, desk: Desk) -> None:  # noqa: F811
    kari = desk("kari@nordlys.example")
    kari.goto("/desk/callbacks/")
    expect(kari.get_by_text("Nobody is due right now")).to_be_visible()
    world.hears(world.ingrid, "Hva koster 40 m²?")
    first = _asked(world, "ingrid", "912 34 567")
    _asked(world, "lukas", "+49 30 901820")
    expect(kari.get_by_text("2 people wait for a call")).to_be_visible()  # by itself
    kari.keyboard.press("n")
    expect(kari.get_by_role("heading", name="Ingrid Berg")).to_be_visible()
    expect(kari.locator("#work")).to_contain_text("Hva koster 40 m²?")
    _no_serious(kari, "a person to call")
    kari.keyboard.press("c")
    expect(kari.get_by_text("How did the call end?")).to_be_visible()
    kari.keyboard.press("2")
    expect(kari.get_by_role("heading", name="Lukas Weber")).to_be_visible()  # the next one, by itself
    expect(kari.locator("#toasts")).to_contain_text("No answer")
    kari.keyboard.press("u")
    expect(kari.get_by_role("heading", name="Ingrid Berg")).to_be_visible()
    expect(kari.get_by_text("How did the call end?")).to_be_visible()
    kari.keyboard.press("1")
    expect(kari.get_by_role("heading", name="Lukas Weber")).to_be_visible()
    first.refresh_from_db()
    assert first.state == "reached"
    assert Attempt.objects.get().outcome == "answered"
    kari.keyboard.press("s")
    kari.get_by_role("button", name="In half an hour").click()
    expect(kari.get_by_text("Nobody is due right now")).to_be_visible()


def test_what_the_customer_cancels_is_gone_at_once(world: World, desk: Desk) -> None:  # noqa: F811
    from samspill.callbacks.change import cancel

    asked = _asked(world, "ingrid", "912 34 567")
    kari, ola = desk("kari@nordlys.example"), desk("ola@nordlys.example")
    for page in (kari, ola):
        page.goto("/desk/callbacks/")
    kari.keyboard.press("n")
    expect(kari.get_by_role("heading", name="Ingrid Berg")).to_be_visible()
    expect(ola.get_by_text("Nobody is due right now")).to_be_visible()  # hers now
    cancel(asked, by=asked.contact.actor)
    expect(kari.get_by_text("Nobody is due right now")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_fit_and_are_fit_for_everybody(
    world: World,  # noqa: F811
    desk: Desk,  # noqa: F811
    size: dict[str, int],
    scheme: str,
) -> None:
    world.hears(world.ingrid, "Hva koster 40 m²?")
    asked = _asked(world, "ingrid", "912 34 567")
    _asked(world, "yijun", "+886 2 2720 8889")
    soon = [
        {"at": clock.ahead(hours=h).timestamp(), "chance": 0.3 + h / 50, "reasons": []} for h in (2, 5, 26)
    ]
    habit = {"answered": 5, "tried": 7, "weekday": 1, "from": 840, "until": 1080}
    why = [
        {"code": "habit_weekday", "effect": 0.6, "numbers": habit},
        {"code": "school_holiday", "effect": -0.2},
    ]
    Callback.objects.filter(pk=asked.pk).update(
        chance=0.62, reasons=why, others=soon, gain=0.1, place=0, planned_at=clock.now()
    )
    page = desk("astrid@nordlys.example", size, scheme)
    pages = {"empty": "/desk/callbacks/", "all": "/desk/callbacks/all/", "one": f"/desk/callbacks/{asked.pk}/",
             "ask": f"/desk/callbacks/ask/{world.lukas.contact_id}/"}  # fmt: skip
    pages |= {
        f"settings-{part.strip('/').replace('/', '-')}": f"/desk/settings/callbacks/{part}"
        for part in SETTINGS
    }
    for name, address in pages.items():
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        _looked_at(page, name, size, scheme)
    page.goto("/desk/callbacks/")
    page.locator("[data-key=n]").click()
    expect(page.get_by_role("heading", name="Ingrid Berg")).to_be_visible()
    _looked_at(page, "card", size, scheme)
    page.locator("[data-call]").click()
    expect(page.get_by_text("How did the call end?")).to_be_visible()
    _looked_at(page, "ringing", size, scheme)


def _looked_at(page: Page, name: str, size: dict[str, int], scheme: str) -> None:
    _no_serious(page, name)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is too wide"
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/callbacks-{name}-{size['width']}-{scheme}.png")
