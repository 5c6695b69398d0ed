"""Conversations in a mailbox file (mbox): the first mail of each thread."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from samspill.knowledge.from_html import markdown_of
from samspill.training.formats.talks import Talk, Turn

LONGEST = 2_000_000
_BORDER = re.compile(rb"^From (?=\S)", re.M)
_AUTOMATIC = ("bulk", "list", "junk", "auto_reply")


def talks(content: bytes) -> Iterator[Talk]:
    """One talk for each mail that begins a thread."""
    return (_talk(part) for part in _BORDER.split(content) if part.strip())


def _talk(part: bytes) -> Talk:
    if len(part) > LONGEST:
        return Talk(why_not="too_long")
    try:
        mail = message_from_bytes(part.partition(b"\n")[2], policy=policy.default)
        return _read(mail)  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001 - a hostile mail may break the standard library anywhere; it is counted
        return Talk(why_not="broken")


def _read(mail: EmailMessage) -> Talk:
    if mail["In-Reply-To"] or mail["References"]:
        return Talk(why_not="reply")
    precedence = str(mail["Precedence"] or "").lower()
    if precedence in _AUTOMATIC or str(mail["Auto-Submitted"] or "no").lower() != "no":
        return Talk(why_not="automatic")
    text = _body(mail)
    if not text.strip():
        text = str(mail["Subject"] or "")
    return Talk((Turn(text),)) if text.strip() else Talk(why_not="empty")


def _body(mail: EmailMessage) -> str:
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    text = str(part.get_content())
    return markdown_of(text)[2] if part.get_content_subtype() == "html" else text
