"""What the journeys of agents share: a running server on the test database, and browsers in it."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.world import PASSWORD, World

READY = "body[data-ready]"
STILL = """async () => {
    const ends = (one) => one.effect?.getComputedTiming().endTime !== Infinity
    await Promise.allSettled(document.getAnimations().filter(ends).map((one) => one.finished))
}"""
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[str]:
    """The product's own server on a free port, with live updates from the test database."""
    from samspill.boot import server as product

    product.hub.dsn = _test_database()
    config = uvicorn.Config(product.application, port=0, log_level="error", timeout_graceful_shutdown=1)
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}"
    running.should_exit = True
    thread.join(10)


@pytest.fixture
def world(busy_world: World) -> World:
    """The cast, where every process sees it."""
    return busy_world


@pytest.fixture
def chromium(browser: Browser) -> Browser:
    """Debian's Chromium; there can be one Playwright in a run, and visitors use it too."""
    return browser


@pytest.fixture
def windows(site: str, chromium: Browser, transactional_db: None) -> Iterator[Callable[..., Page]]:
    """Open a window of somebody's own; all are closed before the database is emptied."""
    contexts: list[BrowserContext] = []

    def open_window(**options: Any) -> Page:
        contexts.append(chromium.new_context(**{"base_url": site, "locale": "en-GB", **options}))
        return contexts[-1].new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def desk(windows: Callable[..., Page]) -> Callable[..., Page]:
    """Open the desk in a browser of the agent's own, signed in by hand."""

    def open_desk(email: str, size: dict[str, int] = DESKTOP, scheme: str = "light") -> Page:
        page = windows(viewport=size, color_scheme=scheme)
        sign_in(page, email, PASSWORD)
        return page

    return open_desk


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign in by hand; returns once the desk takes keys."""
    page.goto("/desk/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector(READY)


def go(page: Page, path: str) -> Response | None:
    """Go to a page of the desk; returns once it takes clicks and keys."""
    answer = page.goto(path)
    page.wait_for_selector(READY)
    return answer


def settle(page: Page) -> None:
    """Wait until nothing slides or fades any more; colours on their way are neither here nor there."""
    page.wait_for_timeout(100)
    page.evaluate(STILL)


def _test_database() -> str:
    facts = connection.settings_dict
    return f"postgresql://{facts['USER']}@/{facts['NAME']}?host={facts['HOST']}"
