"""The mails that were written to files because no mail server is configured."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime

from django.conf import settings

MOST_FILES, MOST_MAILS = 200, 50
LINE = b"-" * 79


@dataclass(frozen=True)
class Mail:
    """One mail as its reader sees it."""

    at: datetime | None
    to: str
    subject: str
    text: str


def is_open() -> bool:
    """Mails are shown only while none of them really leaves."""
    return settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")


def mails() -> list[Mail]:
    """The latest mails, newest first."""
    files = sorted(settings.OUTBOX_FOLDER.glob("*.log"), reverse=True)[:MOST_FILES]
    found = [_mail(part) for file in files for part in file.read_bytes().split(LINE) if part.strip()]
    return sorted(found, key=lambda mail: mail.at.timestamp() if mail.at else 0, reverse=True)[:MOST_MAILS]


def _mail(content: bytes) -> Mail:
    parsed = message_from_bytes(content.strip(), policy=policy.default)
    body = parsed.get_body(("plain",))
    at = parsed.get("Date")
    return Mail(
        at=parsedate_to_datetime(at) if at else None,
        to=str(parsed.get("To", "")),
        subject=str(parsed.get("Subject", "")),
        text=body.get_content().strip() if body else "",
    )
