"""One mail, read from its bytes. Whatever the bytes are, a `Mail` comes out."""

import re
from dataclasses import replace

from samspill.mail.bodies import Bodies, bodies_of
from samspill.mail.bounce import bounce_of
from samspill.mail.decide import parts
from samspill.mail.fields import envelope_sender
from samspill.mail.heads import Head, date_of, ids_of, sender_of
from samspill.mail.kind import kind_of
from samspill.mail.mail import Address, Bounce, File, Kind, Mail
from samspill.mail.markers import BEGINNING, NAMED
from samspill.mail.mime import MOST_PARTS, Part, parse
from samspill.mail.parts import Parts

LONGEST_TO_SPLIT = 500_000  # of a text; what is longer is a dump, not a conversation
_MARKS = ("<blockquote", "border-top", "moz-signature", *NAMED, *(beginning for beginning, _ in BEGINNING))
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read(raw: bytes) -> Mail:
    """The mail in `raw`. Never raises: what cannot be read is left out and said in `problems`."""
    try:
        return _read(raw)
    except Exception as error:  # noqa: BLE001 - the world's mails know every fault; nobody's mail may be lost to one
        return Mail(
            Kind.HUMAN, "", Address(), problems=(f"The mail could not be read ({type(error).__name__}).",)
        )


def _read(raw: bytes) -> Mail:
    problems: list[str] = []
    data = _as_lines(raw, problems)
    envelope, start = envelope_sender(data)
    root = parse(data, start)
    if not root.fields:
        return _no_mail(raw, root, problems)
    bodies = _bodies(root, problems)
    mail = _with_text(_with_head(Mail(Kind.HUMAN, "", Address()), root, envelope, problems), bodies)
    mail = replace(mail, bounce=_bounce(mail, root, problems), problems=(*problems, *bodies.problems))
    return replace(mail, kind=kind_of(mail))


def _as_lines(raw: bytes, problems: list[str]) -> bytes:
    """Leading blanks, byte order marks, UTF-16 and line ends of bygone machines taken care of."""
    data = raw
    if data[:2] in _UTF16 or (data[1:2] == b"\0" and data[3:4] == b"\0"):
        data = data.decode("utf-16" if data[:2] in _UTF16 else "utf-16-le", "replace").encode()
        problems.append("The mail was in UTF-16.")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")
        problems.append("Lines ended in CR only.")
    return data.lstrip(b"\r\n") if data[:1] in b"\r\n" else data


def _bodies(root: Part, problems: list[str]) -> Bodies:
    try:
        found = bodies_of(root)
    except Exception as error:  # noqa: BLE001 - subject and sender are still worth having
        problems.append(f"The body could not be read ({type(error).__name__}).")
        return Bodies()
    if sum(1 for _ in root.walk()) >= MOST_PARTS:
        problems.append("There are too many parts; the last ones were not separated.")
    return found


def _bounce(mail: Mail, root: Part, problems: list[str]) -> Bounce | None:
    try:
        return bounce_of(mail, root)
    except Exception as error:  # noqa: BLE001 - as above
        problems.append(f"The report could not be read ({type(error).__name__}).")
        return None


def _no_mail(raw: bytes, root: Part, problems: list[str]) -> Mail:
    """No field at the head at all: a text, or a file of some kind."""
    problems.append("This is no mail: it has no head." if raw.strip() else "This is empty.")
    if _NOT_TEXT.search(raw[:4_096]):
        return Mail(Kind.HUMAN, "", Address(), files=(_rubbish(raw),), problems=tuple(problems))
    return _with_text(Mail(Kind.HUMAN, "", Address(), problems=tuple(problems)), bodies_of(root))


def _rubbish(raw: bytes) -> File:
    return File("unreadable.bin", "application/octet-stream", raw)


def _with_head(mail: Mail, root: Part, envelope: bytes, problems: list[str]) -> Mail:
    head = Head(root)
    sender = sender_of(head, envelope, problems)
    date = date_of(head, problems)
    reply_to = head.addresses("reply-to")
    if not head.first("message-id"):
        problems.append("There is no Message-ID.")
    return replace(
        mail,
        subject=head.text("subject"),
        sender=sender,
        to=head.addresses("to") or head.addresses("apparently-to"),
        cc=head.addresses("cc"),
        reply_to=reply_to[0] if reply_to else None,
        date=date,
        message_id=next(iter(ids_of(head.text("message-id"))), ""),
        in_reply_to=ids_of(head.text("in-reply-to")),
        references=ids_of(" ".join(head.texts("references"))),
        headers=head.all(),
    )


def _with_text(mail: Mail, bodies: Bodies) -> Mail:
    text, html = bodies.text, bodies.html
    short = len(text) <= LONGEST_TO_SPLIT
    split = parts(text, html if _is_marked(html) else "", mail.subject) if short else Parts(new_text=text)
    return replace(
        mail,
        text=text,
        new_text=split.new_text,
        quoted=split.quoted,
        signature=split.signature,
        html=html,
        files=tuple(bodies.files),
        invitations=tuple(bodies.invitations),
        protection=bodies.protection,
    )


def _is_marked(html: str) -> bool:
    """Whether any program can have marked a quote here; only then is the structure worth its time."""
    small = html.lower()
    return any(sign in small for sign in _MARKS)
