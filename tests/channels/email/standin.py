# ruff: noqa
"""A reader of plain mail with the standard library, until the product's own is there."""

import email
import email.policy
from email.utils import parsedate_to_datetime

from samspill.mail.mail import Address, Bounce, File, Kind, Mail


def read(raw):
    m = email.message_from_bytes(raw, policy=email.policy.default)
    ids = lambda n: tuple(x.strip("<>") for x in str(m.get(n, "")).split())
    addrs = lambda n: tuple(Address(a.addr_spec, a.display_name) for a in m[n].addresses) if m[n] else ()
    body = m.get_body(("plain",))
    text = body.get_content() if body else ""
    new, quoted = [], []
    for line in text.splitlines():
        (quoted if line.startswith(">") else new).append(line)
    kind, bounce = Kind.HUMAN, None
    if m.get_content_type() == "multipart/report":
        kind = Kind.BOUNCE
        original = next(
            (p.get_content() for p in m.walk() if p.get_content_type() == "text/rfc822-headers"), ""
        )
        if isinstance(original, bytes):
            original = original.decode()
        oid = next(
            (
                l.split("<")[1].split(">")[0]
                for l in original.splitlines()
                if l.lower().startswith("message-id")
            ),
            "",
        )
        status = next(
            (l.split(":")[1].strip() for l in raw.decode().splitlines() if l.startswith("Status:")), ""
        )
        rec = next(
            (l.split(";")[1].strip() for l in raw.decode().splitlines() if l.startswith("Final-Recipient:")),
            "",
        )
        bounce = Bounce(rec, status, status.startswith("5"), oid, "no such user")
    elif m.get("Auto-Submitted", "no") != "no":
        kind = Kind.OUT_OF_OFFICE if "office" in str(m.get("Subject", "")).lower() else Kind.AUTO_REPLY
    elif m.get("List-Id"):
        kind = Kind.LIST
    sender = addrs("From")
    reply = addrs("Reply-To")
    files = tuple(
        File(
            p.get_filename() or "",
            p.get_content_type(),
            p.get_payload(decode=True) or b"",
            (p.get("Content-ID") or "").strip("<>"),
        )
        for p in m.iter_attachments()
        if m.get_content_type() == "multipart/mixed"
    )
    return Mail(
        kind=kind, subject=str(m.get("Subject", "")), sender=sender[0] if sender else Address(), to=addrs("To"), cc=addrs("Cc"),
        reply_to=reply[0] if reply else None, date=parsedate_to_datetime(m["Date"]) if m["Date"] else None,
        message_id=str(m.get("Message-ID", "")).strip("<> "), in_reply_to=ids("In-Reply-To"), references=ids("References"),
        text=text, new_text="\n".join(new), quoted="\n".join(quoted), files=files, bounce=bounce,
        headers={k.lower(): tuple(str(v) for v in m.get_all(k)) for k in m.keys()},
    )  # fmt: skip
