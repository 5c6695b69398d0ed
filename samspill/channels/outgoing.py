"""What we say as a service takes it: its text with links, cut where it is too long, and its choices."""

import unicodedata
from collections.abc import Callable
from typing import Any

from django.conf import settings

from samspill.conversations.models import Attachment, Message

_JOINER = "\u200d"


def words(message: Message) -> str:
    """The text, with the sources it rests on."""
    sources = [row for row in message.extras.get("sources") or [] if row.get("title")]
    lines = [_line(row["title"], row.get("url") or "") for row in sources]
    return "\n\n".join(part for part in (message.text.strip(), "\n".join(lines)) if part)


def choices(message: Message) -> list[tuple[str, str]]:
    """What the reader may choose from: label and value."""
    rows = message.extras.get("choices") or []
    return [(str(row["label"]), str(row["value"])) for row in rows if row.get("label") and row.get("value")]


def listed(text: str, offered: list[tuple[str, str]]) -> str:
    """The choices as numbered lines, for services and lists that know no buttons."""
    lines = [f"{number}. {label}" for number, (label, _value) in enumerate(offered, 1)]
    return "\n\n".join(part for part in (text, "\n".join(lines)) if part)


def files(message: Message) -> list[Attachment]:
    """The files that go with it."""
    return list(message.attachments.order_by("pk"))


def link(file: Attachment) -> str:
    """Where the service can fetch a file of ours: an address nobody can guess."""
    return f"{settings.URL}/widget/file/{file.key}"


def utf16(text: str) -> int:
    """How long a text is for services that count in halves of characters."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str, most: int, measure: Callable[[str], int] = len) -> list[str]:
    """The text in pieces of at most `most`: cut between paragraphs, sentences or words, never within a letter."""
    pieces = []
    rest = text.strip()
    while measure(rest) > most:
        cut = _cut(rest, most, measure)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [piece for piece in [*pieces, rest] if piece]


def _line(title: str, url: str) -> str:
    if url.startswith("/"):
        url = settings.URL + url
    return f"{title}: {url}" if url else str(title)


def _cut(text: str, most: int, measure: Callable[[str], int]) -> int:
    low, high = 1, min(len(text), most)
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= most else (low, middle - 1)
    for mark in ("\n\n", "\n", ". ", "。", "! ", "? ", " "):
        found = text.rfind(mark, low // 2, low)
        if found > 0:
            return found + len(mark)
    return _between_letters(text, low)


def _between_letters(text: str, at: int) -> int:
    for cut in range(at, max(at - 40, 0), -1):
        if not _inside(text, cut):
            return cut
    return at


def _inside(text: str, cut: int) -> bool:
    if cut >= len(text):
        return False
    before, after = text[cut - 1], text[cut]
    flag = _is_flag(before) and _is_flag(after)
    joined = _JOINER in (before, after)
    return joined or flag or unicodedata.combining(after) > 0 or _belongs(after)


def _belongs(letter: str) -> bool:
    variation = "\ufe00" <= letter <= "\ufe0f"
    skin = "\U0001f3fb" <= letter <= "\U0001f3ff"
    return variation or skin or unicodedata.category(letter) in ("Mn", "Me", "Mc")


def _is_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


Piece = dict[str, Any]
