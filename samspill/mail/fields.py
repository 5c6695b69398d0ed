"""The lines at the head of a mail or of one of its parts: name and value, unfolded, still bytes."""

import re

Fields = list[tuple[str, bytes]]

MOST_FIELDS = 2_000
LONGEST = 128 * 1024  # of one value; what is longer is no header any more
_LINE = re.compile(rb"([^\n]*)\n?")
_FIELD = re.compile(rb"([!-9;-~]{1,120})[ \t]*:")
_KNOWN = re.compile(
    rb"(?:Received|From|To|Cc|Bcc|Subject|Date|Sender|Reply-To|Return-Path|Message-ID|References|In-Reply-To"
    rb"|MIME-Version|Content-[A-Za-z-]+|X-[\w-]+|DKIM-[\w-]+|List-[\w-]+|ARC-[\w-]+|Delivered-To):",
    re.I,
)
_MBOX = re.compile(rb"\s*>?From [^\n]*\n")


def read_fields(raw: bytes, start: int, end: int) -> tuple[Fields, int]:
    """The fields that begin at `start`, and where the body begins."""
    fields: Fields = []
    name, value = "", [b""]
    at = start
    while at < end:
        found = _LINE.match(raw, at, end)
        line = found[1].rstrip(b"\r") if found else b""
        after = found.end() if found else end
        if not line:
            at = after
            break
        if line[:1] in b" \t" and name:
            if line.isspace() and _is_last(raw, after, end):
                at = after
                break
            value.append(line)
        elif field := _FIELD.match(line):
            _keep(fields, name, value)
            name, value = field[1].decode("latin-1").lower(), [line[field.end() :]]
        elif name and _KNOWN.match(raw, after, end):
            value.append(b" " + line)  # somebody folded without an indent
        else:
            break  # the body began without a blank line
        at = after
    _keep(fields, name, value)
    return fields, at


def envelope_sender(raw: bytes) -> tuple[bytes, int]:
    """The line "From somebody@somewhere Mon Jan 5 …" a mailbox file puts in front, and where it ends."""
    found = _MBOX.match(raw[:2_000])
    if not found or _FIELD.match(found[0].lstrip()):
        return b"", 0
    words = found[0].split()
    return (words[1] if len(words) > 1 else b""), found.end()


def _is_last(raw: bytes, at: int, end: int) -> bool:
    """Whether a line of blanks ends the head: no field and no indent follows."""
    return not (_FIELD.match(raw, at, end) or raw[at : at + 1] in (b" ", b"\t"))


def _keep(fields: Fields, name: str, value: list[bytes]) -> None:
    if name and len(fields) < MOST_FIELDS:
        fields.append((name, b"".join(value)[:LONGEST].strip().replace(b"\0", b"")))
