"""Zendesk: the full export and the incremental export (JSON, or one object a line), and its table of tickets.

https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/
https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from samspill.imports.formats import tables
from samspill.imports.formats.desk import Book, company, listed, moment, record, rows, text
from samspill.imports.formats.records import Found, Record
from samspill.imports.items import BadRow, Item, Person, Row, Said, Talk

OPEN = {"new", "open", "pending", "hold"}


def read(path: Path) -> Iterator[Row]:
    """The rows of an export of Zendesk."""
    if path.suffix.casefold() == ".csv" and not path.is_dir() and not zipfile.is_zipfile(path):
        return _table(path)
    return rows(path, _kind, _make)


def _kind(found: Found) -> str:
    one = found.record
    if "requester_id" in one or "requester" in one:
        return "talk"
    if "role" in one:
        return "agent" if one["role"] in ("agent", "admin") else "person"
    if "author_id" in one and "public" in one:
        return "said"
    return "company" if "domain_names" in one or "organization" in found.name else "unknown"


def _make(kind: str, one: Record, book: Book) -> Item:
    if kind == "company":
        return company(one)
    return {"person": _person, "talk": _talk, "said": _comment}[kind](one, book)


def _person(one: Record, book: Book) -> Person:
    own = record(one.get("user_fields"))
    kept = {key: value for key, value in own.items() if value not in (None, "", [])}
    kept |= {key: text(one[key]) for key in ("details", "notes") if text(one.get(key))}
    return Person(
        key=text(one.get("id")),
        name=text(one.get("name")),
        emails=tuple(filter(None, [text(one.get("email"))])),
        phones=tuple(filter(None, [text(one.get("phone"))])),
        organisation=book.companies.get(text(one.get("organization_id")), ""),
        language=text(one.get("locale")),
        attributes=kept | ({"tags": one["tags"]} if listed(one.get("tags")) else {}),
    )


def _talk(one: Record, book: Book) -> Talk:
    if text(one.get("status")) == "deleted":
        raise BadRow("deleted")
    requester = record(one.get("requester"))
    person = _person(requester, book) if requester else Person(key=text(one.get("requester_id")))
    comments = [record(comment) for comment in listed(one.get("comments"))]
    if not comments and text(one.get("description")):
        first = {"id": "description", "author_id": one.get("requester_id"), "body": one["description"]}
        comments = [first | {"public": True, "created_at": one.get("created_at")}]
    return Talk(
        key=text(one.get("id")),
        subject=text(one.get("subject")) or text(one.get("raw_subject")),
        person=person,
        open=text(one.get("status")) in OPEN,
        at=moment(one.get("created_at")),
        said=tuple(_said(comment, book, person.key) for comment in comments),
    )


def _comment(one: Record, book: Book) -> Said:
    return _said(one, book, "")


def _said(one: Record, book: Book, requester: str) -> Said:
    if not text(one.get("id")):
        raise BadRow("no_id")
    author = text(one.get("author_id"))
    name, email = book.agents.get(author, ("", ""))
    # without a list of users, whoever is not the requester is taken to be staff
    staff = author in book.agents or bool(requester and author != requester and not book.agents)
    files = [text(record(file).get("file_name")) for file in listed(one.get("attachments"))]
    return Said(
        key=text(one["id"]),
        text=text(one.get("plain_body")).replace("&nbsp;", " ") or text(one.get("body")),
        at=moment(one.get("created_at")),
        by="agent" if staff else "contact",
        note=one.get("public") is False,
        name=name,
        email=email,
        outside=tuple(file for file in files if file),
        talk=text(one.get("ticket_id")),
    )


def _table(path: Path) -> Iterator[Row]:
    lines = tables.read(path)
    head = [title.strip().casefold() for title in next(lines, [])]
    for number, cells in enumerate(lines, 2):
        if any(cells):
            yield Row(str(number), lambda cells=cells: _ticket(dict(zip(head, cells, strict=False))))


def _ticket(cells: dict[str, str]) -> Talk:
    key, email = cells.get("id", "").strip(), cells.get("requester email", "").strip()
    if not key.isdigit():
        raise BadRow("no_id")
    at = moment(cells.get("created at"))
    person = Person(
        cells.get("requester id", "").strip(), cells.get("requester", "").strip(), (email,) if email else ()
    )
    subject = cells.get("subject", "").strip()
    said = Said("description", cells.get("description", "").strip() or subject, at, "contact")
    return Talk(key, subject, person, cells.get("status", "").strip().casefold() in OPEN, at, (said,))
