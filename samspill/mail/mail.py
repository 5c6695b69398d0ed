"""What a mail says once it has been read. Nothing here knows Django or a mail server."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """Who speaks: a person, or a program on somebody's behalf. Programs are never answered."""

    HUMAN = "human"
    AUTO_REPLY = "auto_reply"  # "we have received your mail"
    OUT_OF_OFFICE = "out_of_office"
    BOUNCE = "bounce"
    LIST = "list"  # newsletters, mailing lists and other bulk
    LOOP = "loop"  # our own mail, come back


@dataclass(frozen=True)
class Address:
    """One mailbox as it was named; `address` is "" where there is none, never None."""

    address: str = ""
    name: str = ""

    @property
    def domain(self) -> str:
        """What comes after the @, in small letters."""
        return self.address.rpartition("@")[2].casefold()


@dataclass(frozen=True)
class File:
    """One file that came along; `content_id` names the place in the HTML where an inline picture stands."""

    name: str
    kind: str  # content type as declared, corrected by the content where that is plain
    content: bytes = field(repr=False)
    content_id: str = ""
    inline: bool = False

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)


@dataclass(frozen=True)
class Bounce:
    """A report that a mail did not arrive, or arrives late."""

    address: str  # who could not be reached; "" where the report does not say
    status: str  # as in RFC 3463, "5.1.1"; "" where the report does not say
    permanent: bool
    original: str = ""  # Message-ID of the mail that bounced
    says: str = ""  # the server's own words, one line
    others: tuple[str, ...] = ()  # further addresses of the same report: one mail may have had many


@dataclass(frozen=True)
class Invitation:
    """A meeting somebody proposes, accepts or calls off."""

    summary: str
    starts: datetime | None
    ends: datetime | None
    place: str = ""
    organiser: str = ""
    method: str = "request"  # request, reply, cancel, publish


@dataclass(frozen=True)
class Mail:
    """One mail, read. `text` is always there: from the HTML where the sender gave no plain text.

    `new_text`, `quoted` and `signature` are parts of `text`: what this person wrote now, what they quote of
    earlier mails, and how they sign. Nothing of `text` is in none of them but blank lines.
    """

    kind: Kind
    subject: str
    sender: Address
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: Address | None = None
    date: datetime | None = None
    message_id: str = ""  # without angle brackets
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    text: str = ""
    new_text: str = ""
    quoted: str = ""
    signature: str = ""
    html: str = ""  # as sent, not yet safe to show: see html.py
    files: tuple[File, ...] = ()
    bounce: Bounce | None = None
    invitations: tuple[Invitation, ...] = ()
    protection: str = ""  # "smime signed", "smime encrypted", "pgp signed", "pgp encrypted", or ""
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)  # names in small letters
    problems: tuple[str, ...] = ()  # what was malformed, for support
