"""An admin measures how well the assistant understands: golden set, run, report."""

import os
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from samspill.assistant import evaluating
from samspill.intelligence.intents import Reading
from samspill.training.models import Evaluation, Golden
from tests.journeys.desk import DESKTOP, PHONE, chromium, desk, go, settle, site, windows, world  # noqa: F401 - fixtures
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread

Desk = Callable[..., Page]


class Mistaken:
    """A model that takes everything for a return."""

    def read(self, texts: list[str], codes: list[str], vectors: object) -> list[Reading]:
        return [Reading([("return_item", 0.9)], 0.9)] * len(texts)


def test_golden_set_run_and_report(
    world: World,  # noqa: F811
    desk: Desk,  # noqa: F811
    model: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    conversation = world.hears(world.ingrid, "Hei! Hvor har det blitt av pakka mi?")
    page = desk("liv@nordlys.example")
    go(page, f"/desk/c/{conversation.pk}/")
    page.locator("#thread").get_by_role("button", name="Add to golden set").click()
    page.locator("#thread").get_by_label("Right reading").select_option("order_status")
    page.locator("#thread").get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Added to the golden set.")
    expect(page.locator("#thread")).to_contain_text("Golden")

    go(page, "/desk/understanding/golden/")
    page.get_by_label("Sentence, as a customer writes it").fill("Fortell om romfart")
    page.locator("#new-expected").select_option("")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".golden tbody tr")).to_have_count(2)
    page.get_by_role("button", name="Remove “Fortell om romfart”").click()
    expect(page.locator(".golden tbody tr")).to_have_count(1)
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator(".golden tbody tr")).to_have_count(2)

    go(page, "/desk/understanding/")
    expect(page.get_by_role("heading", name="No run yet")).to_be_visible()
    page.get_by_role("button", name="Run now").click()
    expect(page.locator("#progress")).to_contain_text("0 of 2 sentences")
    evaluating.run_now(Evaluation.objects.get().pk)  # what the worker does
    expect(page.get_by_role("heading", name="What customers want")).to_be_visible()
    expect(page.locator("#worse + p")).to_contain_text("Nothing.")

    Golden.objects.filter(expected="order_status").update(at="2026-01-01T00:00Z")
    monkeypatch.setattr(evaluating, "LiveModel", Mistaken)
    page.get_by_role("button", name="Run now").click()
    expect(page.locator("#progress progress")).to_be_visible()
    evaluating.run_now(Evaluation.objects.last().pk)
    flip = page.locator(".flips tbody tr", has_text="Hvor har det blitt av pakka mi?")
    expect(flip.locator("td").nth(2)).to_have_text("Return")
    expect(flip.locator("td").nth(3)).to_have_text("Order status")
    with page.expect_download() as kept:
        page.get_by_role("link", name="CSV").click()
    assert kept.value.suggested_filename == "understanding.csv"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_stands_in_anybodys_way(
    world: World,  # noqa: F811
    desk: Desk,  # noqa: F811
    size: dict[str, int],
    scheme: str,
) -> None:
    from tests.console.test_understanding import ODD, run

    page = desk("astrid@nordlys.example", size, scheme)
    go(page, "/desk/understanding/")
    _no_serious(page)
    rows = [_golden(world, text) for text in ("Hvor er pakken min?", "Når kommer den?")]
    run(dict.fromkeys(rows, "order_status"), rows)
    run(dict.fromkeys(rows, "delivery"), rows[:1], ODD)
    for address in ("", "golden/"):
        go(page, f"/desk/understanding/{address}")
        _no_serious(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is too wide"


def _golden(world: World, text: str) -> int:  # noqa: F811
    from samspill.training import golden

    pk = golden.add("intent", text, "nb", "order_status", by=world.liv).golden.pk
    Golden.objects.update(at="2026-01-01T00:00Z")
    return pk


def _no_serious(page: Page) -> None:
    settle(page)
    found = [
        f"{item['id']}: {node['html'][:160]}"
        for item in Axe().run(page).response["violations"]
        if item["impact"] in {"serious", "critical"}
        for node in item["nodes"]
    ]
    assert not found, found
