"""Messenger, the messages of a Facebook page."""

from samspill.channels.meta import graph
from samspill.channels.meta.page import PageMessaging
from samspill.channels.payload import word
from samspill.channels.port import register
from samspill.conversations.models import Inbox


class Messenger(PageMessaging):
    """A Facebook page that is written to."""

    kind = "messenger"
    longest = 2000

    def name_of(self, inbox: Inbox, value: str) -> str:
        """First and last name."""
        found = graph.get(inbox, value, fields="first_name,last_name")
        return f"{word(found, 'first_name')} {word(found, 'last_name')}".strip()


register(Messenger())
