"""A mail comes in, its reply is prepared, one click sends it."""

import os
import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from samspill.assistant.take_turn import take_turn
from samspill.channels import port
from samspill.channels.dispatch import dispatch
from samspill.conversations.models import Dispatch, Inbox, Message
from tests.assistant.conftest import settled_mind  # noqa: F401 - fixtures
from tests.assistant.mails.letters import Thread, write_to
from tests.journeys.desk import DESKTOP, PHONE, chromium, desk, go, settle, site, windows, world  # noqa: F401 - fixtures
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread

Desk = Callable[..., Page]


class PostBox:
    """Takes every mail."""

    kind = "email"

    def __init__(self) -> None:
        self.sent: list[str] = []

    def bring_in(self, inbound: object) -> None:
        """Nothing comes in here."""

    def send(self, held: Dispatch) -> str:
        self.sent.append(held.message.text)
        return f"{held.message_id}@test"

    def check(self, inbox: Inbox) -> list[str]:
        return []


@pytest.fixture
def thread(world: World, settled_mind: None) -> Thread:  # noqa: F811
    thread = write_to(world, "ingrid.berg@example.no", "Ingrid Berg", subject="Opening hours")
    message = thread.hears("Hello,\n\nwhat are your opening hours?\n\nIngrid", html="<p>Hello <b>you</b></p>")
    take_turn(message.pk)
    return thread


def test_one_click_sends_the_prepared_reply(
    world: World,  # noqa: F811
    desk: Desk,  # noqa: F811
    thread: Thread,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = desk("kari@nordlys.example")
    go(page, "/desk/?view=ready")
    page.locator("#rows .row-link").first.click()
    card = page.locator(".prepared")
    expect(card).to_contain_text("Opening hours:")
    card.get_by_role("button", name="Send").click()
    expect(page.locator(".said.out.pending")).to_contain_text("Opening hours:")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(card).to_be_visible()
    assert thread.sent() == []
    page.locator("#scroll").focus()
    page.keyboard.press("p")
    expect(card.get_by_role("button", name="Send")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#thread .said.out.agent")).to_contain_text("read by Kari Nordmann")
    expect(card).to_have_count(0)

    box = PostBox()
    monkeypatch.setitem(port._known, "email", box)
    [sent] = thread.sent()
    for _ in range(2):
        dispatch(sent.pk)
    assert box.sent == [sent.text]
    assert Dispatch.objects.get().state == "sent"
    expect(page.locator("#thread .said.out .state")).to_contain_text("Sent")


def test_edit_takes_the_text_into_the_box(desk: Desk, thread: Thread) -> None:  # noqa: F811
    page = desk("kari@nordlys.example")
    go(page, f"/desk/c/{thread.conversation.pk}/")
    page.locator(".prepared").get_by_text("Edit").click()
    expect(page.locator("#write")).to_have_value(re.compile("Opening hours:"))
    expect(page.locator(".prepared")).to_be_hidden()


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop", "phone"])
def test_the_pages_are_accessible(
    desk: Desk,  # noqa: F811
    thread: Thread,
    size: dict[str, int],
    scheme: str,
) -> None:
    page = desk("astrid@nordlys.example", size, scheme)
    paths = (f"c/{thread.conversation.pk}/", "settings/assistant/mail/", "understanding/mail/")
    for path in paths:
        go(page, f"/desk/{path}")
        for summary in page.locator(".fold > summary").all():
            summary.click()
        if "c/" in path:
            page.get_by_role("button", name="Show original").click()
            expect(page.frame_locator("iframe.original").locator("b")).to_have_text("you")
        settle(page)
        # on a phone the list, whose title is the page's, makes room for the conversation
        found = [one for one in Axe().run(page).response["violations"] if one["id"] != "page-has-heading-one"]
        assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert Message.objects.filter(direction="out").count() == 0
