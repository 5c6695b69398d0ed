"""What customers wrote first, from the bytes of any export."""

import codecs
from collections.abc import Iterator
from itertools import islice

from samspill.training.errors import Unreadable
from samspill.training.formats import chats, mails, table
from samspill.training.formats.talks import Opening, Talk, opening

CSV, MBOX, JSON = "csv", "mbox", "json"
MOST_TALKS = 100_000
MOST_BYTES = 32 * 1024 * 1024
CHINESE_BYTES = 0.25  # of all; text in Latin letters has far fewer above 127


def kind(content: bytes) -> str:
    """csv, mbox or json; raises Unreadable for what is none of them."""
    if not content.strip():
        raise Unreadable("empty")
    if len(content) > MOST_BYTES:
        raise Unreadable("too_big", str(MOST_BYTES // (1024 * 1024)))
    if content.startswith(b"From "):
        return MBOX
    text = decoded(content[:4_096], cut=True)
    if content.startswith(b"PK\x03\x04") or "\0" in text or text.count("�") > len(text) // 20:
        raise Unreadable("not_text")
    return JSON if text.lstrip()[:1] in ("[", "{") else CSV


def openings(content: bytes, form: str, column: str = "") -> Iterator[Opening]:
    """One for each conversation, in the file's order; raises Unreadable."""
    found = (opening(talk) for talk in _talks(content, form, column))
    return islice(found, MOST_TALKS)


def _talks(content: bytes, form: str, column: str) -> Iterator[Talk]:
    if form == MBOX:
        return mails.talks(content)
    text = decoded(content)
    return chats.talks(text) if form == JSON else table.talks(text, column)


def decoded(content: bytes, *, cut: bool = False) -> str:
    """Text in UTF-8 or UTF-16, or as the table programs of Europe and Taiwan save it."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(content, final=not cut)
    except UnicodeDecodeError:
        high = sum(byte > 127 for byte in content) / len(content)
        return content.decode("cp950" if high > CHINESE_BYTES else "cp1252", "replace")
