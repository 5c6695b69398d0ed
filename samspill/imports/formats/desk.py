"""What the exports of help desks have in common: who works there, which companies there are, how values are written."""

import base64
import binascii
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from samspill.imports.formats.records import Found, Record, files, records
from samspill.imports.items import BadRow, Company, Enclosed, Item, Row

ORDER = ("company", "person", "talk", "said")


@dataclass
class Book:
    """What later rows refer to by id: few enough to be held."""

    companies: dict[str, str] = field(default_factory=dict)
    agents: dict[str, tuple[str, str]] = field(default_factory=dict)  # id → name, e-mail

    def note(self, kind: str, record: Record) -> None:
        """Remember a company or an agent."""
        if kind == "company":
            self.companies[text(record.get("id"))] = text(record.get("name"))
        elif kind == "agent":
            email = text(record.get("email"))
            self.agents[text(record.get("id"))] = (name_of(record), email)


def name_of(record: Record) -> str:
    """A person's name, in one piece or in two."""
    parts = (text(record.get("firstname")), text(record.get("lastname")))
    return text(record.get("name")) or " ".join(part for part in parts if part and part != "-")


Kind = Callable[[Found], str]
Make = Callable[[str, Record, Book], Item]


def rows(path: Path, kind: Kind, make: Make) -> Iterator[Row]:
    """The rows of an export: companies, then people, then conversations, then what was said apart from them.

    `kind` says what a record is: one of ORDER, `agent`, `other` for what is not brought in, or `unknown`.
    """
    book = Book()
    with files(path) as found:
        present: set[str] = set()
        for name, opened in found:
            for one in _readable(name, records(name, opened)):
                present.add(what := "broken" if one.wrong else kind(one))
                book.note(what, one.record)
        for wanted in ORDER:
            if wanted in present:
                for name, opened in found:
                    for one in _readable(name, records(name, opened)):
                        if not one.wrong and kind(one) == wanted:
                            yield _row(one, wanted, make, book)
        if present & {"broken", "unknown"}:
            for name, opened in found:
                yield from (
                    _bad(one, kind) for one in _readable(name, records(name, opened)) if _is_bad(one, kind)
                )


def _readable(name: str, found: Iterator[Found]) -> Iterator[Found]:
    return (
        found
        if name.casefold().endswith((".json", ".jsonl", ".ndjson", ".txt")) or "." not in name
        else iter(())
    )


def _is_bad(one: Found, kind: Kind) -> bool:
    return bool(one.wrong) or kind(one) == "unknown"


def _row(one: Found, wanted: str, make: Make, book: Book) -> Row:
    return Row(one.place[-60:], lambda: make(wanted, one.record, book))


def _bad(one: Found, kind: Kind) -> Row:
    def refuse() -> Item:
        raise BadRow(one.wrong or "unknown_record")

    return Row(one.place[-60:], refuse)


def text(value: Any) -> str:
    """A value as text in one piece; '' for what is not there."""
    return "" if value is None or isinstance(value, (dict, list)) else str(value).replace("\0", "").strip()


def record(value: Any) -> Record:
    """A value that should be an object; an empty one where it is not."""
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    """A value that should be a list."""
    return value if isinstance(value, list) else []


def moment(value: Any) -> datetime | None:
    """A point in time, written as ISO 8601 or counted in seconds; None where it is neither."""
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC) if value > 0 else None
        found = datetime.fromisoformat(text(value).replace(" UTC", "+00:00"))
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def company(one: Record) -> Company:
    """A company by its name."""
    if not text(one.get("name")):
        raise BadRow("no_name")
    domains = [text(name) for name in listed(one.get("domain_names"))] or [text(one.get("domain"))]
    return Company(text(one["name"])[:160], domains[0][:160])


def enclosed(name: str, kind: str, content: Any) -> Enclosed | None:
    """A file whose content stands in the record, in base64; None where it is not inside."""
    try:
        data = base64.b64decode(text(content), validate=False)
    except binascii.Error:
        return None
    return Enclosed(name or "file", kind, data) if data else None
