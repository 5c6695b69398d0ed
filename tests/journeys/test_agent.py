"""An agent's day at the desk, in a real browser against the running product."""

import os
import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from samspill.conversations.models import Conversation
from samspill.conversations.reply import reply
from tests.journeys.desk import DESKTOP, PHONE, chromium, desk, go, settle, site, windows, world  # noqa: F401 - fixtures
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread

Desk = Callable[..., Page]
SETTINGS = ["company", "widget", "assistant", "agents", "agents/new", "teams", "tokens", "work", "health"]


def _row(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.locator("#rows .row", has_text=name)


def _state(pk: int) -> Conversation:
    return Conversation.objects.get(pk=pk)


def _wait_for(page: Page, holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come about within 20 seconds")


def test_a_conversation_from_arrival_to_close(world: World, desk: Desk) -> None:  # noqa: F811
    page = desk("kari@nordlys.example")
    expect(page.get_by_text("All quiet here")).to_be_visible()
    conversation = world.hears(world.ingrid, "Hei! Vekselretteren viser F12.")
    expect(_row(page, "Ingrid Berg")).to_be_visible()
    expect(page).to_have_title(re.compile(r"^\(1\)"))
    _row(page, "Ingrid Berg").get_by_role("link").click()
    expect(page.locator("#thread")).to_contain_text("Vekselretteren viser F12.")

    page.locator("#write").fill("Vi ser på det med en gang.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("Undo")
    expect(page.locator("#thread .said.out:not(.pending)")).to_contain_text("med en gang")
    assert _state(conversation.pk).assignee == world.kari

    page.locator("#write").fill("halvferdig tanke")
    world.hears(world.ingrid, "Takk!")
    expect(page.locator("#thread")).to_contain_text("Takk!")
    expect(page.locator("#write")).to_have_value("halvferdig tanke")

    page.get_by_role("tab", name="Note").click()
    page.locator("#write").fill("Ring henne i morgen")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("#thread .said.note")).to_contain_text("Ring henne i morgen")

    page.locator("[data-menu=assign] summary").click()
    page.get_by_role("button", name="Ola Hansen").click()
    expect(page.locator("#thread")).to_contain_text("Kari Nordmann gave this to Ola Hansen")
    page.locator("[data-menu=snooze] summary").click()
    page.get_by_role("button", name="Tomorrow 08:00").click()
    expect(page.locator("#head")).to_contain_text("Snoozed")
    expect(_row(page, "Ingrid Berg")).to_have_count(0)
    page.locator("#toasts").get_by_role("button", name="Undo").first.click()
    expect(page.locator("#head")).not_to_contain_text("Snoozed")
    page.locator("#head").get_by_role("button", name="Close").click()
    expect(page.locator("#head")).to_contain_text("Closed")
    assert _state(conversation.pk).status == "closed"


def test_an_answer_can_be_taken_back(world: World, desk: Desk) -> None:  # noqa: F811
    conversation = world.hears(world.ingrid)
    page = desk("kari@nordlys.example")
    go(page, f"/desk/c/{conversation.pk}/")
    page.locator("#write").fill("Feil svar")
    page.get_by_role("button", name="Send").click()
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("#write")).to_have_value("Feil svar")
    page.wait_for_timeout(5500)
    assert not conversation.messages.filter(direction="out").exists()


def test_two_agents_meet(world: World, desk: Desk) -> None:  # noqa: F811
    conversation = world.hears(world.ingrid)
    kari, ola = desk("kari@nordlys.example"), desk("ola@nordlys.example")
    for page in (kari, ola):
        go(page, f"/desk/c/{conversation.pk}/")
    ola.locator("#write").fill("Hei, jeg …")
    expect(kari.locator("#others")).to_contain_text("Ola Hansen is typing here")

    kari.locator("#write").fill("Svaret fra Kari")
    kari.context.set_offline(True)  # she does not hear that Ola was quicker
    reply(conversation, world.ola, "Svaret fra Ola", "o1", seen=10**9)
    kari.get_by_role("button", name="Send").click()
    kari.context.set_offline(False)
    expect(kari.locator("#collision")).to_contain_text("Ola Hansen has answered")
    expect(kari.locator("#write")).to_have_value("Svaret fra Kari")
    assert conversation.messages.filter(direction="out").count() == 1
    kari.get_by_role("button", name="Send anyway").click()
    expect(kari.locator("#thread .said.out", has_text="Svaret fra Kari")).to_be_visible()
    assert conversation.messages.filter(direction="out").count() == 2


def test_the_desk_by_keyboard_alone(world: World, desk: Desk) -> None:  # noqa: F811
    world.hears(world.lukas, "Guten Tag")
    conversation = world.hears(world.ingrid)
    page = desk("kari@nordlys.example")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator("#head")).to_contain_text("Ingrid Berg")
    page.keyboard.press("n")
    page.keyboard.type("Bare tastatur")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#thread .said.note")).to_contain_text("Bare tastatur")
    page.keyboard.press("Escape")
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 400, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.emulateNetworkConditions", slow)
    page.keyboard.press("a")
    page.keyboard.press("Enter")  # the first entry is "Me"
    page.keyboard.press("s")  # quicker than the answer, which must not close the menu
    page.keyboard.press("ArrowDown")
    _wait_for(page, lambda: _state(conversation.pk).assignee == world.kari)
    expect(page.locator("#head [data-menu=assign] summary")).to_contain_text("Kari")
    page.keyboard.press("Enter")
    expect(page.locator("#head")).to_contain_text("Snoozed")
    page.keyboard.press("e")
    expect(page.locator("#head")).to_contain_text("Closed")
    page.keyboard.press("/")
    page.keyboard.type("lukas")
    page.keyboard.press("Enter")
    expect(page.locator("#rows .row")).to_have_count(1)


def test_bulk_by_checking_rows(world: World, desk: Desk) -> None:  # noqa: F811
    for identity in (world.ingrid, world.lukas, world.yijun):
        world.hears(identity)
    page = desk("kari@nordlys.example")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.locator("#bulk").get_by_role("button", name="Close").click()
    expect(page.locator("#rows .row")).to_have_count(1)
    expect(page.locator("#bulk")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_stands_in_anybodys_way(world: World, desk: Desk, size: dict[str, int], scheme: str) -> None:  # noqa: F811
    conversation = world.hears(world.ingrid)
    reply(conversation, world.ola, "Hei https://example.com", "o1", seen=10**9)
    world.hears(world.lukas)
    page = desk("astrid@nordlys.example", size, scheme)
    settings = [*SETTINGS, f"widget/{world.shop.pk}"]
    for address in ["", f"c/{conversation.pk}/", "profile/", *(f"settings/{name}/" for name in settings)]:
        go(page, f"/desk/{address}")
        _no_serious(page, address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is too wide"


def _no_serious(page: Page, address: str) -> None:
    settle(page)
    found = [
        f"{item['id']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for item in Axe().run(page).response["violations"]
        if item["impact"] in {"serious", "critical"}
        for node in item["nodes"]
    ]
    assert not found, f"{address}: {found}"
