"""Reports that a mail did not arrive: RFC 3464 where a server follows it, its own words where it does not."""

import re
from dataclasses import dataclass

from samspill.mail import bounce_words as words
from samspill.mail.bounce_original import COPIES, original_of
from samspill.mail.bounce_report import Recipient, reported
from samspill.mail.bounce_text import LONGEST, above_copy, address_in, saying_of, status_of
from samspill.mail.kind_words import AWAY
from samspill.mail.mail import Bounce, Mail
from samspill.mail.mime import Part

ENOUGH = 4  # of the points below
_CODE = re.compile(
    r"\b[45]\d\d[ -]#?[45]\.\d\.\d|#[45]\.\d\.\d|\bSMTP\b|\bRCPT TO\b"
    r"|(?:^|[:>\"'(]|said|error|reason)[ \t]*55[0-4][ :-]",
    re.I | re.M,
)
_ANSWERED = re.compile(r"^\s*(?:re|sv|vs|aw|antw|odp|fwd?|wg|vb|tr|rv|i|vl|doorst|enc|pd)\s*:", re.I)


def bounce_of(mail: Mail, root: Part) -> Bounce | None:
    """What the mail reports; None where it is no bounce. A customer who passes one on sends none."""
    recipients = reported(root)
    if recipients is not None:
        return _of_report(mail, root, recipients) if _from_server(mail, root) else None
    failed = mail.headers.get("x-failed-recipients", ())
    if not failed and _points(mail, root) < ENOUGH:
        return None
    return _of_text(mail, root, " ".join(failed))


def _of_report(mail: Mail, root: Part, recipients: list[Recipient]) -> Bounce | None:
    """The failed ones before the delayed; a report of success is no bounce."""
    failed = [one for one in recipients if one.failed] or [one for one in recipients if one.delayed]
    if not failed:
        return None if recipients else _of_text(mail, root, "")
    first = failed[0]
    text = above_copy(mail.text)
    said = first.says or saying_of(text)
    original = original_of(mail, root)
    return Bounce(
        address=first.address or address_in(text, mail, original),
        status=_finer(first.status, status_of(said, text, permanent=first.failed)),
        permanent=first.failed,
        original=original.message_id,
        says=said,
        others=tuple(
            dict.fromkeys(one.address for one in failed[1:] if one.address and one.address != first.address)
        ),
    )


def _of_text(mail: Mail, root: Part, failed: str) -> Bounce:
    text = above_copy(mail.text)
    original = original_of(mail, root)
    said = saying_of(text)
    about = f"{mail.subject}\n{text}"
    permanent = (
        not words.DELAYED.search(about)
        or bool(re.search(r"\b55\d[ :-]|\b5\.\d\.\d", text))
        or _gave_up(about)
    )
    known = re.findall(r"[^\s<>,;]+@[^\s<>,;]+", failed)
    return Bounce(
        address=known[0] if known else address_in(text, mail, original),
        status=status_of(said, text, permanent=permanent),
        permanent=permanent,
        original=original.message_id,
        says=said,
        others=tuple(dict.fromkeys(known[1:])),
    )


def _gave_up(text: str) -> bool:
    return bool(words.GAVE_UP.search(text)) and not re.search(
        r"warning|not yet|still|will (?:be retried|retry|keep)", text, re.I
    )


def _finer(said: str, derived: str) -> str:
    """A status that only says "something" gives way to a better one of the same class."""
    vague = said[1:] in {".0.0", ""}
    return derived if vague and derived[:1] in {said[:1] or derived[:1]} else said


def _from_server(mail: Mail, root: Part) -> bool:
    """A report in its own form, or at least from one who writes reports."""
    if root.kind == "multipart/report":
        return True
    return _is_daemon(mail) or _has_no_return_path(mail)


@dataclass(frozen=True)
class _Evidence:
    daemon: bool
    unanswerable: bool
    subject: bool

    @property
    def any(self) -> bool:
        """Whether it is worth reading the text at all."""
        return self.daemon or self.unanswerable or self.subject


def _points(mail: Mail, root: Part) -> int:
    subject = bool(words.SUBJECT.search(mail.subject[:300])) and not _ANSWERED.match(mail.subject)
    seen = _Evidence(_is_daemon(mail), _has_no_return_path(mail), subject)
    text = above_copy(mail.text)[:4_000]
    if not seen.any or _is_something_else(mail, text, seen):
        return 0
    says = bool(words.TEXT.search(text))
    copied = bool(words.COPY.search(mail.text[:LONGEST])) or any(part.kind in COPIES for part in root.walk())
    code = bool(_CODE.search(text))
    if not (subject or says) or not (seen.daemon or code or copied):
        return 0  # parcels fail to be delivered, too
    points = 2 * (seen.daemon + subject + says) + seen.unanswerable + code + copied
    return points - _doubt(mail, seen)


def _doubt(mail: Mail, seen: _Evidence) -> int:
    if seen.daemon or seen.unanswerable:
        return 0
    return 1 if words.NOBODY.match(mail.sender.address) else 2


def _is_something_else(mail: Mail, text: str, seen: _Evidence) -> bool:
    """Somebody away, a guard that asks who we are, a person who passes a report on."""
    if words.CHALLENGE.search(text) and not _CODE.search(text):
        return True
    if AWAY.search(mail.subject) and not seen.subject:
        return True
    return not seen.daemon and bool(
        _ANSWERED.match(mail.subject) or (mail.in_reply_to and not seen.unanswerable)
    )


def _is_daemon(mail: Mail) -> bool:
    """By name or address; a bounce need have no sender at all; qmail says what it is at work on."""
    sender = mail.sender
    if words.DAEMON.match(sender.address) or words.DAEMON_NAMED.search(sender.name):
        return True
    if any("invoked for bounce" in value for value in mail.headers.get("received", ())):
        return True
    return not (sender.address or sender.name)


def _has_no_return_path(mail: Mail) -> bool:
    return any(value.strip() == "<>" for value in mail.headers.get("return-path", ()))
