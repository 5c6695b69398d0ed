"""What a channel can do, and which channels there are. A channel makes itself known when it is imported."""

from typing import Protocol

from samspill.conversations.models import Dispatch, Inbound, Inbox, Message


class Channel(Protocol):
    """One kind of way to write to us. Everything it is asked to do may be asked twice."""

    kind: str

    def bring_in(self, inbound: Inbound) -> Message | None:
        """Make a message of a stored delivery, within the caller's transaction; None where it holds none of its own
        (a delivery state, an edit). Raises Unreadable.
        """

    def send(self, dispatch: Dispatch) -> str:
        """Give a message to the outside service and return the service's id of it. Raises Refused or Unreachable."""

    def check(self, inbox: Inbox) -> list[str]:
        """Ask the outside service now what keeps the inbox from working, as codes; empty while it works."""


_known: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Make a channel known under its kind."""
    _known[channel.kind] = channel


def channel_of(inbox: Inbox) -> Channel | None:
    """The channel that talks for this inbox; None for those whose reader fetches by himself (webchat, api)."""
    return _known.get(inbox.channel)
