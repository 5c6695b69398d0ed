"""Mailboxes of the cast."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from samspill.conversations.models import Inbox
    from tests.world import World

try:
    import samspill.mail.read  # noqa: F401
except ImportError:

    @pytest.fixture(autouse=True)
    def _stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
        from tests.channels.email import standin

        monkeypatch.setattr("samspill.channels.email.arrive.read_mail", standin.read)


@pytest.fixture
def inbox(world: "World") -> "Inbox":
    """The mailbox customers write to."""
    from tests.channels.email.post import mailbox

    return mailbox()
