"""An agent sees how messages sound and why, and sets a reading right, in a real browser."""

import os
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from samspill.conversations.models import Conversation, Message
from samspill.conversations.understand import Understood, keep
from tests.journeys.desk import DESKTOP, PHONE, chromium, desk, go, settle, site, windows, world  # noqa: F401 - fixtures
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread

SAID = [
    ("Hei, når kommer pakken?", "neutral", 0.1, -0.1, []),
    ("Er det noen der??", "impatient", 0.2, -0.6, [("asking", "??", "impatient")]),
    ("Det haster, dette er elendig!", "frustrated", 0.95, -0.9,
     [("strong", "elendig", "frustrated"), ("urgent", "haster", "urgency")]),
]  # fmt: skip


def _told(world: World) -> Conversation:  # noqa: F811
    for text, mood, urgency, sentiment, found in SAID:
        conversation = world.hears(world.ingrid, text)
        reasons = [{"kind": kind, "words": words, "moves": moves, "by": 1.5} for kind, words, moves in found]
        reading = {
            "by": "model",
            "scores": {"frustrated": 0.3, "impatient": 0.3, "neutral": 0.3, "satisfied": 0.1},
        }
        understood = Understood(
            "nb", "nb", mood, sentiment, urgency, reading | {"urgency": urgency, "reasons": reasons}
        )
        keep(conversation, Message.objects.latest("pk"), understood)
    return Conversation.objects.get(pk=conversation.pk)


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_a_reading_is_explained_corrected_and_taken_back(
    world: World,  # noqa: F811
    desk: Callable[..., Page],  # noqa: F811
    size: dict[str, int],
    scheme: str,
) -> None:
    conversation = _told(world)
    message = Message.objects.latest("pk")
    page = desk("kari@nordlys.example", size, scheme)
    go(page, "/desk/?view=urgent")
    row = page.locator("#rows .row", has_text="Ingrid")
    expect(row.locator("svg.dots")).to_have_attribute(
        "aria-label", "Mood so far, as it sounds: matter-of-fact, then impatient, then frustrated"
    )
    tip = row.get_by_role("tooltip", include_hidden=True)
    expect(tip).to_be_hidden()
    row.get_by_role("button", name="Urgent").focus()
    expect(tip).to_be_visible()
    expect(tip).to_have_text("It says “haster”")
    _shoot(page, f"row-{scheme}")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()

    row.get_by_role("link").click()
    sounds = page.locator(f"#sounds-{message.pk}")
    expect(sounds.locator("summary")).to_contain_text("Sounds frustrated")
    sounds.locator("summary").focus()
    expect(sounds.get_by_role("tooltip")).to_contain_text("“elendig”")
    page.keyboard.press("Enter")
    expect(sounds).to_contain_text("not a fact about the person")
    _shoot(page, f"reading-{scheme}")
    settle(page)
    found = Axe().run(page, context=f"#sounds-{message.pk}").response["violations"]
    assert found == [], [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]
    box = sounds.locator(".panel").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]

    sounds.get_by_role("button", name="matter-of-fact").click()
    expect(sounds.locator("summary")).to_contain_text("Sounds matter-of-fact")
    message.refresh_from_db()
    assert message.mood == "neutral"
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(sounds.locator("summary")).to_contain_text("Sounds frustrated")
    message.refresh_from_db()
    assert (message.mood, message.corrections.count()) == ("frustrated", 0)

    sounds.locator("summary").click()
    sounds.get_by_role("button", name="not urgent").click()
    expect(sounds.locator("summary")).not_to_contain_text("Urgent")
    assert not Conversation.objects.get(pk=conversation.pk).urgent


def _shoot(page: Page, name: str) -> None:
    """A picture for people, where one is wanted."""
    if folder := os.environ.get("SAMSPILL_PICTURES"):
        page.wait_for_timeout(300)
        page.screenshot(path=f"{folder}/{name}.png")
