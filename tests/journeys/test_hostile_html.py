"""Hostile texts are fed in wherever people or outside systems can write; no page may run or fetch any of it."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from samspill.care.models import Finding
from samspill.channels.models import Letter
from samspill.channels.webchat.visitors import Visitor, newcomer
from samspill.contacts.models import Contact, Organisation
from samspill.conversations.attach import PICTURES
from samspill.conversations.models import Attachment, Conversation, Inbox, Message
from samspill.conversations.receive import receive
from samspill.imports.models import Import, Skipped
from samspill.knowledge.create import create
from samspill.knowledge.publish import publish
from samspill.knowledge.write import save
from samspill.surveys.models import Survey
from samspill.workspace.models import Team
from tests.journeys.desk import chromium, desk, site, windows, world  # noqa: F401 - fixtures
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread

Desk = Callable[..., Page]
CANARY = "canary.invalid"
RUN = f"window.__ran=(window.__ran||0)+1;fetch(`https://{CANARY}/ran`)"
LINES = (Path(__file__).parent / "hostile.txt").read_text(encoding="utf-8").splitlines()
TEXTS = [line.replace("RUN", RUN) for line in LINES if line and not line.startswith("# ")]
A_TALK = 24  # texts in one conversation, so that a page shows them all


class Watch:
    """Notices in a browser whether anything ran, asked the canary's host, or opened a dialog."""

    def __init__(self, page: Page) -> None:
        self.page, self.noticed = page, list[str]()
        page.context.route(re.compile(rf"^https?://{re.escape(CANARY)}/"), self._asked)
        page.on("dialog", self._opened)

    def _asked(self, route) -> None:  # type: ignore[no-untyped-def]
        self.noticed.append(f"asked {route.request.url} on {self.page.url}")
        route.abort()

    def _opened(self, dialog) -> None:  # type: ignore[no-untyped-def]
        self.noticed.append(f"dialog on {self.page.url}")
        dialog.dismiss()

    def look(self) -> list[str]:
        """Hover and click what could be lying in wait, then say what was noticed."""
        self.page.wait_for_timeout(150)
        for frame in self.page.frames:
            if frame.evaluate("window.__ran || 0"):
                self.noticed.append(f"ran on {frame.url}")
            bad = frame.evaluate(
                "[...document.querySelectorAll('a[href], form[action], button[formaction], iframe, object, embed')]"
                ".map((e) => e.getAttribute('href') ?? e.getAttribute('action') ?? e.getAttribute('formaction') ?? e.src ?? e.data)"
                ".filter((a) => a && /^[\\s\\x00-\\x1f]*(javascript|data|vbscript):/i.test(a))"
            )
            self.noticed += [f"address {one} on {frame.url}" for one in bad]
        return self.noticed


@pytest.fixture
def hostile(world: World) -> World:  # noqa: F811
    """Every text in every place."""
    people = [world.stranger(text[:160]) for text in TEXTS[::8]]
    for number, text in enumerate(TEXTS):
        extras = {"value": text[:200]}
        message = receive(world.shop, people[number // 8], text, f"h{number}", page=text[:400], extras=extras)
        Attachment.objects.create(
            message=message, name=text[:200], kind="text/plain", size=1, sha256="0" * 64
        )
    _around(world)
    return world


def _around(around: World) -> None:
    firm, some = Organisation.objects.create(name=TEXTS[0][:160]), TEXTS[14]
    Team.objects.create(name="<script>x</script>")
    Contact.objects.update(
        organisation=firm, attributes={text[:80]: text for text in TEXTS[:40]}, country="<b"
    )
    Conversation.objects.update(subject=some[:200], summary=some, facts=[{"name": some, "value": some}])
    pks = list(Contact.objects.order_by("pk").values_list("pk", flat=True))
    reasons = [{"sign": text, "weight": 1.0} for text in TEXTS[:30]]
    Finding.objects.create(kind="duplicate", contact_id=pks[0], other_id=pks[-1], reasons=reasons)
    Finding.objects.create(kind="conflict", contact_id=pks[1], about=some[:30], reasons=reasons)
    talk = Conversation.objects.first()
    Survey.objects.create(conversation=talk, about="person", cycle=1, score=1, comment=some)
    for number, text in enumerate(TEXTS):
        said = Message.objects.create(
            conversation=talk, direction="out", author="assistant", external_id=f"t{number}", text=text,
            extras={"sources": [{"title": text, "url": "/help/en/"}], "choices": [{"label": text, "value": text}]},
        )  # fmt: skip
    Letter.objects.create(
        message=said, kind="human", subject=some, sender={"address": some, "name": some}, signature=some, quoted=some,
    )  # fmt: skip
    held = Import.objects.create(form="csv", name=some[:200], path="x", error="x")
    Skipped.objects.create(of=held, place=some[:60], reason="x")
    _articles(around)


def _articles(around: World) -> None:
    for number in range(0, len(TEXTS), A_TALK):
        article = create(f"Hostile {number}", around.astrid, category=TEXTS[number][:60])
        body = "\n\n".join(TEXTS[number : number + A_TALK])
        version = save(article, "en", TEXTS[number][:100], TEXTS[number][:100], body, around.astrid)
        publish(version.translation, version, around.astrid)


def _desk_pages() -> Iterator[str]:
    yield from (
        "/desk/",
        "/desk/?view=everyone",
        "/desk/contacts/",
        "/desk/care/",
        "/desk/articles/",
        "/desk/unanswered/",
    )
    for talk in Conversation.objects.order_by("pk")[:60]:
        yield f"/desk/c/{talk.pk}/?view=everyone"
    for contact in Contact.objects.order_by("pk")[:12]:
        yield f"/desk/contacts/{contact.pk}/"
        yield f"/desk/contacts/{contact.pk}/merge/?q=script"
    yield from ("/desk/settings/teams/", "/desk/settings/work/", "/desk/training/", "/desk/understanding/")


def test_the_watch_notices_what_does_run(windows: Callable[..., Page]) -> None:  # noqa: F811
    page = windows()
    watch = Watch(page)
    for text in TEXTS:
        if text.startswith(("<script", "<img", '<a href="j', "<svg")):
            page.set_content(text)
            watch.look()
    noticed = " ".join(watch.noticed)
    assert "ran on" in noticed
    assert f"https://{CANARY}/" in noticed
    assert "address" in noticed


def test_no_page_of_the_desk_runs_it(hostile: World, desk: Desk) -> None:  # noqa: F811
    page = desk("astrid@nordlys.example")
    watch, broken = Watch(page), []
    for address in _desk_pages():
        answer = page.goto(address)
        if answer is None or answer.status >= 500:
            broken.append(address)
        watch.look()
    assert broken == []
    assert watch.noticed == []


def test_no_page_of_the_help_centre_runs_it(hostile: World, windows: Callable[..., Page]) -> None:  # noqa: F811
    page = windows()
    watch = Watch(page)
    for text in ("<script>x</script>", '"><img src=x onerror=RUN>'):
        page.goto(f"/help/en/search?q={text.replace('RUN', RUN)}")
        watch.look()
    page.goto("/help/en/")
    links = page.locator("a[href*='/help/en/']").evaluate_all("all => all.map((a) => a.pathname)")
    assert links
    for link in dict.fromkeys(links):
        page.goto(link)
        watch.look()
    assert watch.noticed == []


def test_the_chat_does_not_run_it(hostile: World, windows: Callable[..., Page]) -> None:  # noqa: F811
    inbox = Inbox.objects.get(pk=hostile.shop.pk)
    visitor: Visitor = newcomer(inbox)
    talk = receive(inbox, visitor.met("en"), TEXTS[0], "first").conversation
    for number, text in enumerate(TEXTS):
        author, direction = (("contact", "in"), ("assistant", "out"), ("agent", "out"))[number % 3]
        message = Message.objects.create(
            conversation=talk, direction=direction, author=author, external_id=f"w{number}", text=text,
            agent=hostile.kari if author == "agent" else None,
            extras={"sources": [{"title": text, "url": text}], "choices": [{"label": text[:80], "value": text}]},
        )  # fmt: skip
        Attachment.objects.create(
            message=message, name=text[:200], kind=next(iter(PICTURES)), size=1, sha256="0" * 64
        )
    page = windows()
    watch = Watch(page)
    page.goto("/help/en/")  # the panel itself, still opening, might put its own pass over ours
    page.evaluate(
        "([name, pass_]) => localStorage.setItem(name, JSON.stringify(pass_))",
        [f"samspill:{inbox.key}:pass", visitor.new_pass()],
    )
    page.reload()
    page.locator("samspill-chat button").click()
    drawn = page.frame_locator("samspill-chat iframe").locator("li.message")
    expect(drawn.nth(len(TEXTS) - 1)).to_be_attached()
    assert watch.look() == []
