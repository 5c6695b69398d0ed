"""Mailboxes of the cast."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from samspill.conversations.models import Inbox
    from tests.world import World


@pytest.fixture
def inbox(world: "World") -> "Inbox":
    """The mailbox customers write to."""
    from tests.channels.email.post import mailbox

    return mailbox()
