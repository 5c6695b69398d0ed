"""Which mail bounced: from the copy a server sends back, whole or cut."""

import re
from dataclasses import dataclass

from samspill.mail.addresses import addresses_of
from samspill.mail.encoded_words import raw_text_of
from samspill.mail.fields import Fields, read_fields
from samspill.mail.mail import Mail
from samspill.mail.mime import Part

COPIES = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global",
    "message/global-headers",
)
_ID = re.compile(
    r"^[>| \t]*(?:Message-ID|Nachrichten-ID|郵件識別碼)\s*:\s*<?([^\s<>]+@[^\s<>]+)>?", re.I | re.M
)
_TO = re.compile(r"^[>| \t]*To\s*:\s*(.{3,300})$", re.I | re.M)


@dataclass(frozen=True)
class Original:
    """What is known of the mail that bounced."""

    message_id: str = ""
    to: tuple[str, ...] = ()


def original_of(mail: Mail, root: Part) -> Original:
    """From an attached copy, else from one pasted into the text, else from what the report refers to."""
    for part in root.walk():
        if part.kind in COPIES or part.file_name.lower().endswith(".eml"):
            fields, _ = read_fields(part.content.lstrip(), 0, len(part.content.lstrip()))
            found = Original(_value(fields, "message-id").strip("<> "), _recipients(_value(fields, "to")))
            if found.message_id:
                return found
    pasted, to = _ID.search(mail.text), _TO.search(mail.text)
    named = pasted[1] if pasted else next(iter((*mail.in_reply_to, *mail.references[-1:])), "")
    return Original(named, _recipients(to[1]) if to else ())


def _value(fields: Fields, wanted: str) -> str:
    return next((raw_text_of(value) for name, value in fields if name == wanted), "")


def _recipients(value: str) -> tuple[str, ...]:
    return tuple(one.address for one in addresses_of(value) if "@" in one.address)
