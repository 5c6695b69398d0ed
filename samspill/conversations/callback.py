"""Asking for a callback inside a conversation: a port, so that whoever answers need not know how calls are planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from samspill.contacts.models import Contact
from samspill.conversations.models import Conversation


class NotPossible(Exception):
    """`code`: missing, no_number, not_in_use, costs, past, off, too_often."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Offer:
    """What can be promised for a number: how it is shown, the times to choose from, and what one agrees to.

    A time is {"value", "label", "from", "until"}; `wording` names the text of `consent`.
    """

    number: str
    times: list[dict[str, str]]
    soon: str
    consent: str
    wording: str


@dataclass(frozen=True)
class Wish:
    """What the customer asks for; `when` is the value of one of the times offered, "" as soon as possible.

    `proven`: it is certain that the contact asks, and not somebody else in their name.
    """

    number: str
    source: str
    topic: str = ""
    when: str = ""
    language: str = ""
    wording: str = ""
    proven: bool = False


@dataclass(frozen=True)
class Asked:
    """The callback as the customer is told of it: `when` in words, `url` to move or cancel it, `card` for the chat."""

    pk: int
    number: str
    when: str
    url: str
    card: Mapping[str, Any]


class Callbacks(Protocol):
    """Takes wishes to be called. Raises NotPossible."""

    def is_on(self) -> bool:
        """Whether customers can ask."""

    def offer(self, contact: Contact, number: str, language: str) -> Offer:
        """What can be promised for this number."""

    def request(self, conversation: Conversation, wish: Wish, *, by: str) -> Asked:
        """Open a callback for the contact of this conversation."""

    def page(self, language: str) -> str:
        """The address where customers choose number and time themselves."""


_registered: list[Callbacks] = []


def register(adapter: Callbacks) -> None:
    """Make callbacks available; the adapter above does this when it is imported."""
    _registered[:] = [adapter]


def callbacks() -> Callbacks | None:
    """Who takes wishes to be called; None where nobody does."""
    found = next(iter(_registered), None)
    return found if found and found.is_on() else None
