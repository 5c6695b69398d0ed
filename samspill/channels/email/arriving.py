"""Mails on their way in, and which of several may be looked at together."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from samspill.channels.email import references, thread
from samspill.channels.email.account import Account
from samspill.channels.email.markers import bare
from samspill.channels.email.sender import sender
from samspill.contacts.models import Identity
from samspill.conversations.models import Inbound, Message
from samspill.mail.mail import Address, Kind, Mail

MOST_PARTICIPANTS = 20


@dataclass
class Arriving:
    """A stored mail that was read, and what is found out about it on the way."""

    inbound: Inbound
    mail: Mail
    account: Account
    ours: set[str]  # addresses of our mailboxes
    known: list[references.Known] = field(default_factory=list)  # by its names
    people: list[Identity] = field(default_factory=list)  # who wrote it, and whom else it was written to
    place: thread.Place = field(default_factory=thread.Place)

    def __post_init__(self) -> None:
        self.names = references.names(self.mail, content_of(self.mail, self.inbound.dedup_key))
        self.writer = sender(self.mail, self.ours)

    @property
    def message(self) -> Message:
        """What it became."""
        assert self.inbound.message
        return self.inbound.message

    @property
    def by_person(self) -> bool:
        """Whether somebody wrote it himself."""
        return self.mail.kind is Kind.HUMAN

    @property
    def others(self) -> list[Address]:
        """Whom it was written to besides us; nobody where a program wrote it."""
        if not self.by_person:
            return []
        named = {one.address.casefold(): one for one in (*self.mail.to, *self.mail.cc) if "@" in one.address}
        return [one for key, one in named.items() if bare(key) not in self.ours][:MOST_PARTICIPANTS]

    @property
    def subject(self) -> str:
        """Its subject as it is compared with others."""
        return thread.base_subject(self.mail.subject).casefold()

    @property
    def touches(self) -> set[str]:
        """Everything by which it could have to do with another mail, besides its subject."""
        people = (self.writer, self.mail.sender, *self.others)
        return {*self.names.every, *(one.address.casefold() for one in people if one.address)}


def waves(mails: Sequence[Arriving]) -> Iterator[list[Arriving]]:
    """The mails in portions: those of one portion have nothing to do with each other, only with earlier ones."""
    answered = {one.subject for one in mails if thread.is_answer(one.mail.subject)}
    last: dict[str, int] = {}
    portions: list[list[Arriving]] = []
    for one in mails:
        touched = one.touches | ({f"subject:{one.subject}"} if one.subject in answered else set())
        wave = max((last[name] + 1 for name in touched if name in last), default=0)
        last |= dict.fromkeys(touched, wave)
        portions += [[]] if wave == len(portions) else []
        portions[wave].append(one)
    yield from portions


def content_of(mail: Mail, dedup_key: str) -> str:
    """Equal for two copies of one mail, however they came here; different for two mails with one Message-ID."""
    if not mail.message_id and not mail.date:
        return dedup_key
    files = [hashlib.sha256(file.content).hexdigest() for file in mail.files]
    parts = [mail.message_id, mail.sender.address, str(mail.date), mail.subject, mail.text, *files]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
