"""What a page says of a message that is a mail."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from samspill.conversations.models import Message

CHANNELS = {"email": "mail", "webchat": "chat", "api": "code", "sms": "phone"}


@dataclass(frozen=True)
class Meeting:
    """An invitation, readable."""

    summary: str
    words: str
    starts: datetime | None
    ends: datetime | None
    place: str
    organiser: str


@dataclass(frozen=True)
class Mail:
    """A letter, ready to be shown. `subject` is empty where it has not changed since the mail before."""

    subject: str = ""
    sender: str = ""
    to: str = ""
    cc: str = ""
    badge: str = ""
    protection: str = ""
    meetings: list[Meeting] = field(default_factory=list)


def dress(messages: Iterable[Message]) -> None:
    """Give every message its channel's icon, and its `mail` where it is one."""
    before = ""
    for message in messages:
        inbox = message.inbox or message.conversation.inbox
        message.channel_icon = CHANNELS.get(inbox.channel, "chat")  # type: ignore[attr-defined]
        message.channel_name = inbox.name  # type: ignore[attr-defined]
        letter = getattr(message, "letter", None)
        message.mail = shown(letter, before) if letter else None  # type: ignore[attr-defined]
        before = letter.subject if letter else before


def shown(letter: Any, before: str) -> Mail:
    """What is shown of a letter after one with the subject `before`."""
    return Mail(
        subject="" if before and _same(letter.subject, before) else letter.subject,
        sender=_names([letter.sender] if letter.sender else []),
        to=_names(letter.to),
        cc=_names(letter.cc),
        badge=kind(letter.kind),
        protection=protection(letter.protection),
        meetings=[_meeting(one) for one in letter.invitations],
    )


def kind(code: str) -> str:
    """Who speaks where it is no person, in words."""
    return {
        "auto_reply": _("Automatic reply"),
        "out_of_office": _("Out of office"),
        "bounce": _("Could not be delivered"),
        "list": _("Mailing list"),
        "loop": _("Our own mail, come back"),
    }.get(code, "")


def protection(code: str) -> str:
    """How a mail is signed or encrypted, in words."""
    return {
        "smime signed": _("Signed (S/MIME)"),
        "smime encrypted": _("Encrypted (S/MIME): it can be read only in a mail program that has the key"),
        "pgp signed": _("Signed (PGP)"),
        "pgp encrypted": _("Encrypted (PGP): it can be read only in a mail program that has the key"),
    }.get(code, code)


def _same(subject: str, before: str) -> bool:
    """Whether one is the other with “Re:” or “Fwd:” in front."""
    one, other = (" ".join(text.casefold().split()) for text in (subject, before))
    return one.endswith(other) or other.endswith(one)


def _names(people: Iterable[dict[str, str]]) -> str:
    shown = [_name(one.get("name", ""), one.get("address", "")) for one in people]
    return ", ".join(filter(None, shown))


def _name(name: str, address: str) -> str:
    return f"{name} <{address}>" if name and address else name or address


def _meeting(one: dict[str, Any]) -> Meeting:
    words = {
        "request": _("Invitation"),
        "reply": _("Answer to an invitation"),
        "cancel": _("The meeting is called off"),
        "publish": _("Appointment"),
    }
    return Meeting(
        summary=one.get("summary") or "–",
        words=words.get(one.get("method", ""), _("Invitation")),
        starts=parse_datetime(one["starts"]) if one.get("starts") else None,
        ends=parse_datetime(one["ends"]) if one.get("ends") else None,
        place=one.get("place", ""),
        organiser=one.get("organiser", ""),
    )
