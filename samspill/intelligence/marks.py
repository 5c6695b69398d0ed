"""Pieces of a text that people have marked, in whichever of the usual ways."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from samspill.intelligence.packs import Row

KIND = {
    "people": "people", "first_name": "name", "last_name": "name", "person": "name", "per": "name", "per_name": "name",
    "person_name": "name", "date_from": "date", "date_to": "date", "date_period": "date", "time_from": "time",
    "time_to": "time", "time_period": "duration", "amount_of_money": "amount", "money": "amount", "price": "amount",
    "location": "address", "postal_address": "address", "phone_number": "phone", "telephone": "phone",
    "e-mail": "email", "mail": "email", "credit_card": "card", "bank_account": "account", "adults": "people",
    "kids": "people", "order": "order_number", "order_id": "order_number", "currency": "amount",
    "person_count": "people",
}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """A piece that was marked or found: what it is, where, and what it means where that is said."""

    kind: str
    start: int
    end: int
    value: str = ""


def marks_of(row: Row) -> list[Mark]:
    """What people marked, in our names for kinds."""
    text = str(row["text"])
    given = row.get("entities") or row.get("slots") or row.get("labels") or []
    if isinstance(given, Mapping):
        return [mark for name, value in given.items() for mark in _by_text(text, name, value)]
    marks = [_mark(text, one) for one in given if isinstance(one, Mapping)]
    return [mark for mark in marks if mark is not None]


def _mark(text: str, one: Mapping[str, Any]) -> Mark | None:
    kind = str(one.get("kind") or one.get("label") or one.get("slot") or one.get("type") or "").lower()
    start, end = one.get("start"), one.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return next(_by_text(text, kind, one.get("text") or one.get("value")), None)
    value = str(one.get("value") or "")
    return Mark(KIND.get(kind, kind), start, end, "" if value == text[start:end] else value)


def _by_text(text: str, kind: str, value: object) -> Iterator[Mark]:
    words = value.get("text", value.get("value")) if isinstance(value, Mapping) else value
    at = text.find(words) if isinstance(words, str) and words else -1
    if at >= 0:
        yield Mark(KIND.get(kind.lower(), kind.lower()), at, at + len(str(words)))


def joined(marks: Iterable[Mark], text: str) -> list[Mark]:
    """First and last name side by side are one name."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: mark.start):
        last = kept[-1] if kept else None
        if last and last.kind == mark.kind == "name" and text[last.end : mark.start].strip() == "":
            kept[-1] = Mark("name", last.start, mark.end)
        else:
            kept.append(mark)
    return kept
