import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from samspill.conversations.close import close
from samspill.conversations.hand_over import hand_over
from samspill.conversations.models import Message
from samspill.conversations.reply import reply
from samspill.sample import company
from samspill.surveys.models import Survey
from samspill.workspace.models import Agent
from tests.journeys.desk import settle
from tests.journeys.shop import Visitor, answer, conversation

pytestmark = pytest.mark.django_db(transaction=True)
Come = Callable[..., Visitor]


@pytest.fixture
def come(browser: Browser, address: str, transactional_db: None) -> Iterator[Come]:
    """Lets visitors into the demo shop of the sample company."""
    company.load()
    contexts: list[BrowserContext] = []

    def enter(**options: object) -> Visitor:
        contexts.append(browser.new_context(**{"locale": "en-GB", **options}))
        visitor = Visitor(contexts[-1].new_page(), address)
        visitor.page.on("pageerror", lambda error: pytest.fail(str(error)))
        return visitor

    yield enter
    for context in contexts:
        context.close()


def test_a_visitor_asks_and_is_answered(come: Come) -> None:
    anne = come().visit().open(consent=False)
    expect(anne.panel.locator("#kind")).to_have_text("Digital assistant")
    expect(anne.panel.locator("#person")).to_be_visible()
    anne.write("How long does delivery take?")
    expect(anne.panel.locator(".consent .why")).to_be_visible()
    assert not Message.objects.exists()
    anne.panel.locator(".consent .main").click()
    expect(anne.panel.locator('.from-contact[data-state="sent"]')).to_be_visible()
    answer("**Three** days.\n\n- one\n- two", sources=[{"title": "Delivery", "url": "/help/en/delivery"}])
    expect(anne.panel.locator(".from-assistant strong")).to_have_text("Three")
    expect(anne.panel.locator(".sources a")).to_contain_text("From: Delivery")
    expect(anne.panel.locator(".from-contact .state")).to_have_text("Seen")


def test_an_answer_is_never_markup(come: Come) -> None:
    anne = come().visit().open()
    anne.write("<img src=x onerror=alert(1)>")
    expect(anne.bubbles("<img src=x")).to_be_visible()
    answer("<b>bold</b> [run](javascript:alert(1)) [go](https://example.com/a)")
    expect(anne.panel.locator(".from-assistant a")).to_have_count(1)
    expect(anne.panel.locator(".from-assistant .bubble b, .bubble img")).to_have_count(0)


def test_the_talk_goes_on_after_a_reload_and_on_another_page(come: Come) -> None:
    anne = come().visit().open()
    anne.write("Remember me")
    expect(anne.panel.locator('.from-contact[data-state="sent"]')).to_be_visible()
    anne.page.reload()
    expect(anne.bubbles("Remember me")).to_have_count(1)
    anne.visit("/demo/orders")
    expect(anne.bubbles("Remember me")).to_have_count(1)
    answer("I do.")
    expect(anne.bubbles("I do.")).to_have_count(1)


def test_nothing_is_lost_and_nothing_doubled_while_the_line_is_down(come: Come) -> None:
    anne = come().visit().open()
    anne.write("before")
    expect(anne.panel.locator('.from-contact[data-state="sent"]')).to_be_visible()
    anne.page.context.set_offline(True)
    for number in range(3):
        anne.write(f"while away {number}")
    expect(anne.panel.locator("#offline")).to_be_visible()
    answer("said meanwhile")
    anne.page.context.set_offline(False)
    expect(anne.bubbles("said meanwhile")).to_have_count(1)
    expect(anne.panel.locator(".from-contact")).to_have_count(4)
    expect(anne.panel.locator("#offline")).to_be_hidden()
    _until(lambda: Message.objects.filter(direction="in").count() == 4)
    texts = list(Message.objects.filter(direction="in").values_list("text", flat=True))
    assert texts == ["before", "while away 0", "while away 1", "while away 2"]


def test_what_was_not_confirmed_is_sent_after_a_reload(come: Come) -> None:
    anne = come().visit().open()
    anne.page.route(re.compile("/widget/messages"), _swallow_answer)
    anne.write("once only")
    expect(anne.panel.locator("#offline")).to_be_visible()
    assert Message.objects.filter(text="once only").count() == 1
    anne.page.unroute_all(behavior="ignoreErrors")
    anne.page.reload()
    expect(anne.panel.locator(".from-contact")).to_have_count(1)
    expect(anne.panel.locator('.from-contact[data-state="sent"]')).to_be_visible()
    assert Message.objects.filter(text="once only").count() == 1


def test_files_are_sent_and_shown(come: Come, tmp_path: Path) -> None:
    anne = come().visit().open()
    picture = tmp_path / "roof.png"
    anne.page.screenshot(path=picture)
    anne.panel.locator("#picker").set_input_files([picture])
    expect(anne.panel.locator("#files li:not(.going)")).to_have_count(1)
    anne.panel.locator("#send").click()
    expect(anne.panel.locator(".picture img")).to_be_visible()
    bad = tmp_path / "run.bin"
    bad.write_bytes(b"MZ\x90\x00\xff\xfe")
    anne.panel.locator("#picker").set_input_files([bad])
    expect(anne.panel.locator("#problem")).to_contain_text("run.bin")


def test_the_way_back_to_the_newest_stands_over_the_talk(come: Come) -> None:
    anne = come().visit().open()
    anne.write("Tell me everything")
    expect(anne.panel.locator('.from-contact[data-state="sent"]')).to_be_visible()
    answer("\n\n".join(f"Line {number} of a long answer." for number in range(60)))
    expect(anne.bubbles("Line 59")).to_be_visible()
    talk, newest = anne.panel.locator("#scroll"), anne.panel.locator("#newest")
    wide = talk.bounding_box()
    talk.evaluate("it => it.scrollTo(0, 0)")
    expect(newest).to_be_visible()
    assert wide
    assert talk.bounding_box() == wide
    newest.click()
    expect(newest).to_be_hidden()


def test_by_keyboard_alone(come: Come) -> None:
    anne = come().visit()
    expect(anne.launcher).to_be_visible()
    for _ in range(60):
        anne.page.keyboard.press("Tab")
        if anne.page.evaluate("document.activeElement?.tagName") == "SAMSPILL-CHAT":
            break
    anne.page.keyboard.press("Enter")
    expect(anne.launcher).to_have_attribute("aria-expanded", "true")
    expect(anne.panel.locator("#text")).to_be_focused()
    anne.page.keyboard.type("Hello")
    anne.page.keyboard.press("Enter")
    expect(anne.panel.locator(".consent .main")).to_be_focused()
    anne.page.keyboard.press("Enter")
    expect(anne.panel.locator('.from-contact[data-state="sent"]')).to_be_visible()
    anne.page.keyboard.press("Escape")
    expect(anne.launcher).to_have_attribute("aria-expanded", "false")
    anne.page.wait_for_function("document.activeElement.tagName === 'SAMSPILL-CHAT'")


def test_news_are_counted_while_the_panel_is_closed(come: Come) -> None:
    anne = come().visit().open()
    anne.write("Hello")
    expect(anne.panel.locator('.from-contact[data-state="sent"]')).to_be_visible()
    anne.launcher.click()
    answer("One more thing")
    expect(anne.launcher).to_have_attribute("aria-label", "Open chat (1 new message)")
    anne.launcher.click()
    _until(lambda: Message.objects.get(text="One more thing").delivery == "read")
    expect(anne.launcher).to_have_attribute("aria-label", "Close chat")


def test_to_a_person_and_back_to_a_new_talk(come: Come) -> None:
    anne = come().visit().open()
    anne.panel.locator("#person").click()
    expect(anne.panel.locator('.from-contact[data-state="sent"]')).to_be_visible()
    assert Message.objects.get().extras == {"asks": "person"}
    hand_over(conversation(), "asked", summary="", facts=[])
    expect(anne.panel.locator("#state")).to_have_text("Somebody will be with you soon")
    anne.panel.locator("#address").fill("anne@example.no")
    anne.panel.locator("#after .main").click()
    expect(anne.panel.locator("#after .done")).to_contain_text("anne@example.no")
    agent = Agent.objects.create(email="mari.tangen@nordlys-solar.example", name="Mari Tangen")
    reply(conversation(), agent, "Mari here.", "r1", seen=10**9)
    expect(anne.panel.locator("#state")).to_have_text("You are talking with Mari Tangen")
    asked = Survey.objects.create(conversation=conversation(), about="person", cycle=1)
    close(conversation(), by=agent.actor)
    anne.panel.locator(".faces input").nth(4).check(force=True)
    anne.panel.locator("#comment").fill("Lovely")
    anne.panel.locator(".survey .main").click()
    expect(anne.panel.locator("#after .done")).to_be_visible()
    asked.refresh_from_db()
    assert (asked.score, asked.comment) == (5, "Lovely")
    anne.panel.locator("#after .wide").click()
    anne.write("A new question")
    expect(anne.panel.locator('.from-contact[data-state="sent"]')).to_have_count(1)
    assert conversation().messages.get().text == "A new question"


def test_a_signed_in_customer_is_known_and_the_next_one_sees_nothing(come: Come) -> None:
    anne = come().visit("/demo/orders?language=en")
    anne.page.get_by_role("button", name=re.compile("Anne Kristin Moen")).click()
    anne.open()
    anne.write("It is me")
    expect(anne.panel.locator('.from-contact[data-state="sent"]')).to_be_visible()
    assert conversation().contact.name == "Anne Kristin Moen"
    anne.launcher.click()
    anne.page.get_by_role("button", name="Sign out").click()
    anne.launcher.click()
    expect(anne.panel.locator(".consent.open")).to_be_visible()
    expect(anne.bubbles("It is me")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_nothing_stands_in_anybodys_way(come: Come, scheme: str, size: tuple[int, int]) -> None:
    visitor = come(color_scheme=scheme, viewport={"width": size[0], "height": size[1]})
    visitor.visit().open(consent=False)
    expect(visitor.panel.locator(".consent.open")).to_be_visible()
    assert _serious(visitor.page) == []
    frame = next(frame for frame in visitor.page.frames if "/widget/panel" in frame.url)
    alone = come(color_scheme=scheme).page
    alone.goto(frame.url)
    alone.locator(".consent .main").click()
    alone.locator("#text").fill("Hello")
    alone.locator("#send").click()
    expect(alone.locator('.from-contact[data-state="sent"]')).to_be_visible()
    answer("Yes.", sources=[{"title": "Delivery", "url": "/x"}], choices=[{"label": "More", "value": "m"}])
    expect(alone.locator(".from-assistant .chip")).to_be_visible()
    hand_over(conversation(), "asked", summary="", facts=[])
    expect(alone.locator("#address")).to_be_visible()
    assert _serious(alone) == []
    Survey.objects.create(conversation=conversation(), about="assistant", cycle=1)
    close(conversation(), by="system")
    expect(alone.locator(".faces")).to_be_visible()
    assert _serious(alone) == []


def test_on_a_phone_it_fills_the_screen(come: Come) -> None:
    visitor = come(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).visit()
    visitor.open()
    box = visitor.page.locator("samspill-chat iframe").bounding_box()
    assert box
    assert (round(box["width"]), round(box["height"])) == (390, 844)
    assert visitor.panel.locator("html").evaluate("html => html.scrollWidth") == 390
    visitor.panel.locator("#close").click()
    expect(visitor.launcher).to_be_visible()


def test_nothing_moves_and_little_is_loaded_before_it_is_opened(come: Come) -> None:
    visitor = come()
    loaded: dict[str, int] = {}
    visitor.page.on("requestfinished", lambda request: loaded.update({request.url: _size(request)}))
    visitor.page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries()"
        ".forEach((entry) => { window.moved += entry.value; }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    visitor.visit()
    expect(visitor.launcher).to_be_visible()
    visitor.page.wait_for_timeout(500)
    own = {url: size for url, size in loaded.items() if "/widget/" in url}
    assert [url.rsplit("/", 1)[1] for url in own] == ["loader.js"]
    assert sum(own.values()) <= 10 * 1024
    visitor.launcher.click()
    visitor.page.wait_for_timeout(500)
    assert visitor.page.evaluate("window.moved") == 0


def _swallow_answer(route) -> None:  # type: ignore[no-untyped-def]
    route.fetch()
    route.abort()


def _size(request) -> int:  # type: ignore[no-untyped-def]
    return int(request.sizes()["responseBodySize"])


def _serious(page: Page) -> list[str]:
    settle(page)
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


def _until(true: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.05)
