"""What an export holds, whatever program wrote it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from samspill.channels.email.references import Names
from samspill.mail.mail import Mail


class BadRow(Exception):
    """One row cannot be brought in; the text is a code, put into words by the page."""


@dataclass(frozen=True)
class Company:
    """A company some people belong to."""

    name: str
    domain: str = ""


@dataclass(frozen=True)
class Person:
    """One customer. `key` is the old system's own name for them."""

    key: str = ""
    name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    organisation: str = ""
    language: str = ""
    country: str = ""
    vip: bool = False
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Enclosed:
    """A file that lies inside the export."""

    name: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Said:
    """One message. `talk` names its conversation where it comes apart from it."""

    key: str
    text: str
    at: datetime | None
    by: str  # contact, agent, system
    note: bool = False
    name: str = ""  # of the agent, as the old system knew them
    email: str = ""
    files: tuple[Enclosed, ...] = ()
    outside: tuple[str, ...] = ()  # names of files the export only links to
    talk: str = ""


@dataclass(frozen=True)
class Talk:
    """One conversation with a customer, with its messages where they come along."""

    key: str
    subject: str
    person: Person
    open: bool = False
    at: datetime | None = None
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Letter:
    """One mail, and the bytes it was read from, with the line ends a mail server gives."""

    mail: Mail
    raw: bytes = field(repr=False)
    key: str  # what a fetched mail of the same bytes is kept under
    names: Names


@dataclass(frozen=True)
class Called:
    """One call to somebody who had asked to be called; `called` None: nobody ever did."""

    person: Person
    asked: datetime
    called: datetime | None = None
    outcome: str = ""  # as of callbacks
    topic: str = ""


Item = Company | Person | Talk | Said | Letter | Called


@dataclass(frozen=True)
class Row:
    """One row of an export: where it stands, and how it is read once it is its turn. `make` raises BadRow."""

    place: str
    make: Callable[[], Item]
    size: int = 0  # bytes it holds while it waits
