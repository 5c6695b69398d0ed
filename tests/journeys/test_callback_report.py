"""A lead reads how callbacks fare; an admin says what they cost."""

import os
import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from samspill.callbacks.counting import count_weeks
from samspill.callbacks.models import CallbackSettings
from samspill.kit import clock
from tests.callbacks.ended import ended, number
from tests.journeys.desk import DESKTOP, PHONE, chromium, desk, site, windows, world  # noqa: F401 - fixtures
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread

Desk = Callable[..., Page]
PAGE = "/desk/understanding/callbacks/"
WEEKS = 6


@pytest.fixture
def past(world: World) -> None:  # noqa: F811
    """Six weeks in which planning helps, after a time without it."""
    lot, now = random.Random(7), clock.now()
    start = (now - timedelta(weeks=WEEKS)).replace(hour=7, minute=0)
    before = {"first": 0.23, "total": 0.45, "attempts": 3.2, "hours": 18}
    CallbackSettings.objects.create(pk=1, started_on=start.date(), before=before)
    people = [number() for _ in range(20)]
    for _ in range(260):
        asked = start + timedelta(days=lot.randrange(WEEKS * 7 - 1), hours=lot.random() * 9)
        mode = "control" if lot.random() < 0.25 else "planned"
        chance = 0.45 if mode == "planned" else 0.25
        calls = []
        for place in range(5):
            answered = lot.random() < chance
            calls.append((0.5 + place * 3 + lot.random() * 2, "answered" if answered else "no_answer"))
            if answered:
                break
        ended(
            asked, calls, mode, who=lot.choice(people), chances=[chance + lot.gauss(0, 0.08) for _ in calls]
        )
    count_weeks()


def test_from_the_figures_to_what_they_pay(world: World, desk: Desk, past: None) -> None:  # noqa: F811
    page = desk("astrid@nordlys.example")
    page.goto("/desk/understanding/")
    page.locator(".tabs").get_by_role("link", name="Callbacks").click()
    expect(page.get_by_role("heading", name="Callbacks: figures")).to_be_visible()
    expect(page.locator(".verdict-better").first).to_be_visible()
    page.locator(".heat .cell rect").first.hover()
    expect(page.locator(".heat .cell .tip").first).to_be_visible()
    page.locator("section[aria-labelledby=return]").get_by_role("link").click()
    for label, value in {
        "An agent’s hour costs": "500", "Minutes a call takes": "6", "One more reached customer brings": "400",
        "Invested once": "85000",
    }.items():  # fmt: skip
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Save costs").click()
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    expect(page.locator(".return").first).to_contain_text("Return on investment")
    for name, kind in (("CSV", "csv"), ("PDF", "pdf")):
        response = page.request.get(f"{PAGE}figures.{kind}")
        assert response.ok, name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_stands_in_anybodys_way(
    world: World,  # noqa: F811
    desk: Desk,  # noqa: F811
    past: None,
    size: dict[str, int],
    scheme: str,
) -> None:
    page = desk("astrid@nordlys.example", size, scheme)
    for address in ("", "costs/"):
        page.goto(PAGE + address)
        _no_serious(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is too wide"


def _no_serious(page: Page) -> None:
    page.wait_for_timeout(400)
    found = [
        f"{item['id']}: {node['html'][:160]}"
        for item in Axe().run(page).response["violations"]
        if item["impact"] in {"serious", "critical"}
        for node in item["nodes"]
    ]
    assert not found, found
