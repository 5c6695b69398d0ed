"""A customer at the contact form, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from samspill.conversations.configure import add_inbox
from samspill.conversations.models import Conversation
from samspill.knowledge.create import create
from samspill.knowledge.models import Deflection
from samspill.knowledge.publish import publish
from samspill.knowledge.write import save
from tests.journeys.desk import settle

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form(busy_world, address: str, page: Page) -> Page:  # type: ignore[no-untyped-def]
    """The English form, with one article that may help."""
    astrid = busy_world.astrid
    add_inbox("email", "Support", by=astrid.actor)
    article = create("delivery cost", astrid)
    version = save(article, "en", "What does delivery cost?", "", "It costs 149 kroner.", astrid)
    publish(version.translation, version, astrid)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(f"{address}/help/en/contact/")
    page.get_by_label("Your name").fill("Ingrid Berg")
    page.get_by_label("Your e-mail address").fill("ingrid@example.no")
    return page


def good(page: Page) -> None:
    """Nobody is kept out."""
    settle(page)
    found = [one["id"] for one in Axe().run(page).response["violations"]]
    assert found == []


def test_an_article_opens_in_place_and_answers_by_keyboard_alone(form: Page) -> None:
    before = form.locator(".contact-send .button").bounding_box()
    form.get_by_label("What is it about?").press_sequentially("delivery cost", delay=5)
    link = form.get_by_role("link", name="What does delivery cost?")
    expect(link).to_be_visible()
    assert form.locator(".contact-send .button").bounding_box() == before
    expect(form.locator("[data-status]")).to_have_text("1 article found")
    good(form)
    link.press("Enter")
    expect(form.get_by_role("dialog")).to_contain_text("149 kroner")
    good(form)
    form.get_by_role("button", name="This answered my question").press("Enter")
    expect(form.get_by_role("heading", name="Good to hear!")).to_be_visible()
    good(form)
    assert Deflection.objects.get().state == "confirmed"
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("width", [1280, 390])
def test_sent_anyway_it_opens_one_conversation(form: Page, width: int) -> None:
    form.set_viewport_size({"width": width, "height": 800})
    form.get_by_label("What is it about?").fill("My parcel")
    form.get_by_label("Your message").fill("It has not come. What does delivery cost?")
    expect(form.get_by_role("link", name="What does delivery cost?")).to_be_visible()
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_role("heading", name="Your message has arrived")).to_be_visible()
    expect(form.locator(".receipt")).to_contain_text(f"#{Conversation.objects.get().pk}")
    assert Deflection.objects.get().state == "came"
    good(form)
