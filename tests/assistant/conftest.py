"""A shop with orders and articles, the real text models, and a real mail server."""

import email
import email.policy
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from django.test import override_settings

from tests.text_model import ask_anew

if TYPE_CHECKING:
    from samspill.assistant.mind import Mind
    from tests.assistant.shop import Shop
    from tests.kept import Kept

    Opened = tuple[Kept[Shop], Mind]


@pytest.fixture
def settled_mind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks at the database behind a test's back."""
    from samspill.assistant import mind
    from samspill.knowledge.index import forget

    monkeypatch.setattr(mind, "LOOK_S", 1e9)
    forget()


@pytest.fixture
def shops_mind(opened: "Opened", settled_mind: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The assistant knows this shop, whatever a test before this one had it learn."""
    from samspill.assistant import mind

    monkeypatch.setattr(mind, "_current", opened[1])


@pytest.fixture
def shop(db: None, opened: "Opened", model: None, shops_mind: None, mailbox: "Mailbox") -> "Shop":
    return _again(opened, mailbox)


@pytest.fixture
def busy_shop(
    transactional_db: None, opened: "Opened", model: None, shops_mind: None, mailbox: "Mailbox"
) -> "Shop":
    """The same where several things happen at once."""
    return _again(opened, mailbox)


@pytest.fixture(scope="session")
def opened(django_db_setup: None, django_db_blocker: Any, model_socket: Path) -> "Opened":
    """The shop, opened once, and what the assistant learned of it."""
    from samspill.assistant import mind
    from tests.assistant.shop import open_shop
    from tests.kept import Kept

    learned = []

    def open_and_learn() -> "Shop":
        shop = open_shop()
        learned.append(mind._learn())
        return shop

    with django_db_blocker.unblock(), override_settings(MODELS_SOCKET=model_socket):
        ask_anew()
        kept = Kept(open_and_learn)
    mind._current = None
    return kept, learned[0]


def _again(opened: "Opened", mailbox: "Mailbox") -> "Shop":
    from tests.assistant.shop import forget_jobs

    forget_jobs()
    shop = opened[0].again()
    shop.mailbox = mailbox
    return shop


class Mailbox:
    """What the mail server was given."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], str]] = []

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.received.append((envelope.rcpt_tos, message.get_content()))
        return "250 OK"


@pytest.fixture(scope="session")
def _mail_server() -> Iterator[tuple[Controller, Mailbox]]:
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=_free_port())
    server.start()
    yield server, box
    server.stop()


@pytest.fixture
def mailbox(_mail_server: tuple[Controller, Mailbox], settings: Any) -> Mailbox:
    server, box = _mail_server
    box.received.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    return box


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
