"""Conversations in a mailbox file (mbox): the first mail of each thread."""

from collections.abc import Iterator

from samspill.mail.mail import Kind, Mail
from samspill.mail.mailboxes import split_mbox
from samspill.mail.read import read
from samspill.training.formats.talks import Talk, Turn

LONGEST = 2_000_000


def talks(content: bytes) -> Iterator[Talk]:
    """One talk for each mail that begins a thread."""
    return (_talk(raw) for raw in split_mbox(iter(content.splitlines(keepends=True))))


def _talk(raw: bytes) -> Talk:
    if len(raw) > LONGEST:
        return Talk(why_not="too_long")
    mail = read(raw)
    if mail.in_reply_to or mail.references:
        return Talk(why_not="reply")
    if mail.kind is not Kind.HUMAN:
        return Talk(why_not="automatic")
    return _of_person(mail)


def _of_person(mail: Mail) -> Talk:
    text = mail.new_text or mail.text
    if not text.strip():
        text = mail.subject
    return Talk((Turn(text),)) if text.strip() else Talk(why_not="empty")
