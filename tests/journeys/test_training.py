"""A company teaches its assistant: from an old export to a chat that understands another language."""

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from samspill.assistant import mind
from samspill.conversations.models import Conversation, Message
from samspill.sample import company, people
from samspill.training.models import Example, Intent, LearnedModel
from samspill.workspace.models import Agent
from tests.assistant.shop import forget_jobs, run_jobs
from tests.journeys.desk import DESKTOP, PHONE, chromium, go, settle, sign_in, site, windows  # noqa: F401 - fixtures
from tests.journeys.shop import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
RECYCLING = [
    "Can you take away my old solar panels and recycle them?", "Who recycles old panels?",
    "Kan dere hente og resirkulere gamle solcellepaneler?", "Hvor leverer jeg gamle paneler til gjenvinning?",
    "I want to get rid of my old panels", "Do you recycle broken solar panels?",
    "Jeg vil levere gamle solcellepaneler til resirkulering", "Where can I bring old modules for recycling?",
]  # fmt: skip
JOBS = [
    "Are you hiring electricians?", "I would like to apply for a job with you", "Har dere ledige stillinger?",
    "Jeg søker jobb som montør hos dere", "Where do I send my job application?", "Do you have open positions?",
    "Kan jeg søke på en stilling?", "Is there a vacancy for an installer?",
]  # fmt: skip


@pytest.fixture
def trainer(
    transactional_db: None,
    model: None,
    windows: Callable[..., Page],  # noqa: F811
    monkeypatch,
) -> Iterator[Callable[..., Page]]:  # type: ignore[no-untyped-def]
    """The desk of the sample company's first lead or admin."""
    forget_jobs()
    company.load()
    people.load()
    Agent.objects.update(language="en")
    monkeypatch.setattr(mind, "_current", None)
    lead = Agent.objects.filter(role="admin", is_active=True).earliest("pk")

    def open_desk(size: dict[str, int] = DESKTOP, scheme: str = "light") -> Page:
        page = windows(viewport=size, color_scheme=scheme)
        sign_in(page, lead.email, people.PASSWORD)
        return page

    yield open_desk
    mind._current = None


def test_from_an_export_to_a_chat_that_understands(trainer, windows, site: str) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    page = trainer()
    go(page, "/desk/training/histories/")
    export = "text\n" + "\n".join(f'"{one}"' for one in [*RECYCLING, *JOBS, "ok"])
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "chats.csv", "mimeType": "text/csv", "buffer": export.encode()}
    )
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator(".history")).to_contain_text("chats.csv")
    run_jobs("training.jobs.read_history")
    expect(page.locator(".history")).to_contain_text("16 sentences kept")
    run_jobs("assistant.jobs.group_history")
    expect(page.locator(".history .badge")).to_have_text("Done")
    assert Example.objects.count() == 16

    go(page, "/desk/training/proposals/")
    rows = page.locator("[data-work-row]")
    proposed = rows.count()
    card = rows.filter(has_text="recycl").first
    card.get_by_label("Name").fill("Old panels")
    card.get_by_role("button", name="Accept").click()
    expect(page.locator("#toasts")).to_contain_text("Accepted")
    for left in reversed(range(proposed - 1)):  # what else was found is the same or no matter
        expect(rows).to_have_count(left + 1)
        about_panels = page.locator("[data-work-row]", has_text="panel")
        if about_panels.count():
            about_panels.first.get_by_label("Merge into").select_option(label="Old panels")
            about_panels.first.get_by_role("button", name="Merge").click()
        else:
            rows.first.get_by_role("button", name="Dismiss").click()
    expect(rows).to_have_count(0)

    intent = Intent.objects.get(title="Old panels")
    go(page, f"/desk/training/intents/{intent.pk}/")
    page.get_by_label("Leads to").select_option("person")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("button", name="Train now").click()
    expect(page.locator("#toasts")).to_contain_text("Training has begun")
    run_jobs("assistant.jobs.learn_now")
    assert LearnedModel.objects.get(state="live").by is not None
    expect(page.locator("#training-state")).to_contain_text("Trained with")

    visitor = Visitor(windows(locale="de-DE"), site).visit("/demo/?language=de").open()
    visitor.write("Nehmen Sie alte Solarmodule zurück und recyceln sie?")
    expect(visitor.panel.locator('.from-contact[data-state="sent"]')).to_be_visible()
    run_jobs("assistant.jobs.take_turn")
    found = Message.objects.get(direction="in", text__startswith="Nehmen Sie").conversation
    assert found.messages.filter(direction="in").latest("pk").reading["intent"] == intent.name
    assert (found.intent, found.in_charge) == (intent.name, Conversation.InCharge.PERSON)
    go(page, f"/desk/c/{found.pk}/")
    expect(page.locator(".wants")).to_contain_text("Old panels")


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_the_training_pages_are_for_everybody(trainer, size: dict[str, int], scheme: str) -> None:  # type: ignore[no-untyped-def]
    page, axe = trainer(size, scheme), Axe()
    for name in ("", "proposals/", "sentences/", "histories/", "models/"):
        go(page, f"/desk/training/{name}")
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        wrong = [one["id"] for one in axe.run(page).response["violations"]]
        assert wrong == [], name
