"""A visitor in the demo shop, and somebody who answers: `say` stands in for the assistant."""

import time
import uuid
from dataclasses import dataclass

from playwright.sync_api import FrameLocator, Locator, Page, expect

from samspill.conversations.models import Conversation, Message
from samspill.conversations.reply import say


@dataclass
class Visitor:
    """Somebody with a browser."""

    page: Page
    address: str

    def visit(self, path: str = "/demo/?language=en") -> "Visitor":
        """Go to a page of the shop."""
        self.page.goto(self.address + path)
        return self

    @property
    def launcher(self) -> Locator:
        """The button on the shop's page."""
        return self.page.locator("samspill-chat button")

    @property
    def panel(self) -> FrameLocator:
        """The chat in its frame."""
        return self.page.frame_locator("samspill-chat iframe")

    def open(self, *, consent: bool = True) -> "Visitor":
        """Open the chat and answer the question for consent."""
        self.launcher.click()
        expect(self.panel.locator(".consent").first).to_be_visible()  # from here on the panel listens
        if consent:
            self.panel.locator(".consent.open .main").click()
            expect(self.panel.locator(".consent.done")).to_be_visible()
        return self

    def write(self, text: str) -> None:
        """Write and send."""
        self.panel.locator("#text").fill(text)
        self.panel.locator("#text").press("Enter")

    def bubbles(self, text: str) -> Locator:
        """Everything in the log that says this."""
        return self.panel.locator(".bubble", has_text=text)


def conversation() -> Conversation:
    """The latest one; the browser shows what was said before the server has it."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        found = Conversation.objects.filter(inbox__channel="webchat").order_by("-id").first()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("nothing was said")


def answer(text: str, **extras: object) -> Message:
    """The assistant's reply, without an assistant."""
    said = say(conversation(), text, f"turn:{uuid.uuid4()}", extras=extras)
    assert said
    return said
