"""Whom a mail is from, for us: mostly From, sometimes who stands behind it."""

import re

from samspill.channels.email.forwarded import first_sender, is_forwarded
from samspill.mail.mail import Address, Kind, Mail
from samspill.workspace.models import Agent

_NOBODY = re.compile(
    r"^(?:no[._-]?reply|do[._-]?not[._-]?reply|noreply\d*|ikke[._-]?svar|nicht[._-]?antworten|wordpress|www-data|apache"
    r"|nobody|form|forms|kontaktformular|contactform)(?:[+._-]|$)", re.I
)  # fmt: skip


def sender(mail: Mail, ours: set[str]) -> Address:
    """The person a reply should reach and the conversation belongs to.

    Reply-To counts only where From is nobody one could write to (no-reply, a website's form, our own address):
    elsewhere it would let anybody write in another's name. What an agent passes on belongs to who wrote it first.
    """
    if _is_nobody(mail.sender, ours) and _is_somebody(mail.reply_to, ours):
        assert mail.reply_to is not None
        return mail.reply_to
    if is_forwarded(mail) and is_agent(mail.sender):
        first = first_sender(mail)
        return first if first and _is_somebody(first, ours) else mail.sender
    return mail.sender


def is_agent(address: Address) -> bool:
    """Whether somebody who works here has this address."""
    return bool(address.address) and Agent.objects.filter(email__iexact=address.address).exists()


def is_own(mail: Mail, ours: set[str]) -> bool:
    """Whether one of our mailboxes wrote it, and nobody stands behind that."""
    return mail.sender.address.casefold() in ours and not _is_somebody(mail.reply_to, ours)


def _is_nobody(address: Address, ours: set[str]) -> bool:
    local = address.address.partition("@")[0]
    return not address.address or address.address.casefold() in ours or bool(_NOBODY.match(local))


def _is_somebody(address: Address | None, ours: set[str]) -> bool:
    return address is not None and "@" in address.address and not _is_nobody(address, ours)


def answers_itself(kind: Kind) -> bool:
    """Whether a program wrote it, so that nobody answers."""
    return kind is not Kind.HUMAN
