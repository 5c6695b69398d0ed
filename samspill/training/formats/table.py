"""Conversations in a table: CSV with any separator, with or without a header."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from samspill.training.errors import Unreadable
from samspill.training.formats.roles import customer
from samspill.training.formats.talks import Talk, Turn

SEPARATORS = (",", ";", "\t", "|")
LOOKED_AT = 200
BROKEN = "\0broken"
LONGEST_CELL = 131_072  # characters; what is longer lacks a closing quote
_TEXT = (
    "text", "message", "body", "content", "question", "utterance", "sentence", "description", "first_message",
    "customer_message", "comment", "melding", "tekst", "beskjed", "spørsmål", "henvendelse", "nachricht",
    "frage", "anfrage", "inhalt", "beschreibung", "內容", "訊息", "問題", "訊息內容", "subject", "emne", "betreff",
    "主旨", "title",
)  # fmt: skip
_TALK = (
    "conversation_id", "conversation", "ticket_id", "ticket", "thread_id", "thread", "chat_id", "case_id",
    "session_id", "samtale", "sak", "gespräch", "vorgang", "對話", "案件",
)  # fmt: skip
_ROLE = ("role", "sender", "author", "direction", "from", "sender_type", "author_type", "rolle", "avsender")

Cells = Sequence[str]


def talks(text: str, column: str = "") -> Iterator[Talk]:
    """One talk for each conversation, or for each row where none is named; raises Unreadable."""
    rows = _rows(text, _separator(text))
    head = list(islice(rows, LOOKED_AT))
    if not head:
        raise Unreadable("empty")
    names = _names(head)
    place = _column(head, names, column)
    body = _chained(head[1:] if names else head, rows)
    talk, role = _place(names, _TALK), _place(names, _ROLE)
    if talk is None:
        return (_single(row, place, role) for row in body)
    return _gathered(body, place, talk, role)


def _rows(text: str, separator: str) -> Iterator[Cells]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while True:
        csv.field_size_limit(LONGEST_CELL)  # the whole process shares it, and imports allow more
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield [BROKEN]
            continue
        if row:
            yield row


def _separator(text: str) -> str:
    """The sign that cuts the first rows into the most parts of one number."""
    sample = "".join(text[:50_000].splitlines(keepends=True)[:20])

    def fits(separator: str) -> tuple[int, int]:
        widths = [len(row) for row in _rows(sample, separator)]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) * 3 >= len(widths) * 2 and usual > 1, usual)

    return max(SEPARATORS, key=fits)


def _names(head: Sequence[Cells]) -> list[str]:
    """The first row where it names the columns, else nothing."""
    first = [cell.strip().casefold() for cell in head[0]]
    known = {*_TEXT, *_TALK, *_ROLE, "id", "date", "label", "intent", "lang", "language", "created_at"}
    if any(name.replace(" ", "_") in known for name in first):
        return first
    return []


def _column(head: Sequence[Cells], names: list[str], wanted: str) -> int:
    asked = wanted.strip().casefold()
    width = max(len(row) for row in head)
    if asked:
        if asked in names:
            return names.index(asked)
        if asked.isdigit() and 1 <= int(asked) <= width:
            return int(asked) - 1
        raise Unreadable("no_column", wanted.strip()[:60])
    place = _place(names, _TEXT)
    return place if place is not None else _wordiest(head[1:] if names else head, width)


def _place(names: list[str], known: Sequence[str]) -> int | None:
    plain = [name.replace(" ", "_") for name in names]
    return next((plain.index(name) for name in known if name in plain), None)


def _wordiest(rows: Sequence[Cells], width: int) -> int:
    def words(place: int) -> int:
        return sum(sum(sign.isalpha() for sign in row[place]) for row in rows if len(row) > place)

    return max(range(width), key=words)


def _single(row: Cells, place: int, role: int | None) -> Talk:
    if row[0] == BROKEN:
        return Talk(why_not="broken")
    if len(row) <= place:
        return Talk(why_not="broken" if any(row) else "empty")
    said_by = customer(row[role]) if role is not None and len(row) > role else None
    return Talk((Turn(row[place], said_by),))


def _gathered(rows: Iterator[Cells], place: int, talk: int, role: int | None) -> Iterator[Talk]:
    found: dict[str, list[Turn]] = defaultdict(list)
    for row in rows:
        if row[0] == BROKEN or len(row) <= max(place, talk):
            yield Talk(why_not="broken")
        else:
            found[row[talk]] += _single(row, place, role).turns
    yield from (Talk(tuple(turns)) for turns in found.values())


def _chained(head: Sequence[Cells], rest: Iterator[Cells]) -> Iterator[Cells]:
    yield from head
    yield from rest
