"""Zammad: tickets, articles, users and organisations as its REST interface gives them, expanded or with ids.

https://docs.zammad.org/en/latest/api/ticket/index.html, …/ticket/articles.html, …/user.html
"""

from collections.abc import Iterator
from email.utils import parseaddr
from pathlib import Path

from samspill.imports.formats.desk import Book, company, enclosed, listed, moment, name_of, record, rows, text
from samspill.imports.formats.records import Found, Record
from samspill.imports.items import BadRow, Enclosed, Item, Person, Row, Said, Talk
from samspill.imports.plain import plain

# ids of a fresh installation, for exports that were not expanded
CLOSED_IDS, STAFF_ROLES, SENDERS = {4, 5}, {1, 2}, {1: "agent", 2: "contact", 3: "system"}
CLOSED = {"closed", "merged", "removed"}
SIGNS = {"person": ("firstname", "login"), "said": ("ticket_id",), "talk": ("customer_id", "customer")}


def read(path: Path) -> Iterator[Row]:
    """The rows of an export of Zammad."""
    return rows(path, _kind, _make)


def _kind(found: Found) -> str:
    one = found.record
    for kind, keys in SIGNS.items():
        if any(key in one for key in keys):
            return "agent" if kind == "person" and _is_staff(one) else kind
    return "company" if "name" in one and ("domain" in one or "organi" in found.name) else "unknown"


def _is_staff(one: Record) -> bool:
    roles = {text(role).casefold() for role in listed(one.get("roles"))}
    return bool(roles & {"agent", "admin"} or STAFF_ROLES & set(listed(one.get("role_ids"))))


def _make(kind: str, one: Record, book: Book) -> Item:
    if kind == "company":
        return company(one)
    return {"person": _person, "talk": _talk, "said": _said}[kind](one, book)


def _person(one: Record, book: Book) -> Person:
    return Person(
        key=text(one.get("id")),
        name=name_of(one),
        emails=tuple(filter(None, [text(one.get("email"))])),
        phones=tuple(filter(None, [text(one.get("phone")), text(one.get("mobile"))])),
        organisation=text(one.get("organization"))
        or book.companies.get(text(one.get("organization_id")), ""),
        language=text(record(one.get("preferences")).get("locale")),
        country=text(one.get("country")),
        vip=one.get("vip") is True,
        attributes={key: text(one[key]) for key in ("note", "web", "department") if text(one.get(key))},
    )


def _talk(one: Record, book: Book) -> Talk:
    customer = text(one.get("customer"))
    person = Person(key=text(one.get("customer_id")), emails=(customer,) if "@" in customer else ())
    state = text(one.get("state")).casefold()
    articles = [_said(record(article), book) for article in listed(one.get("articles"))]
    return Talk(
        key=text(one.get("id")),
        subject=text(one.get("title")),
        person=person,
        open=state not in CLOSED if state else one.get("state_id") not in CLOSED_IDS,
        at=moment(one.get("created_at")),
        said=tuple(articles),
    )


def _said(one: Record, book: Book) -> Said:
    if not text(one.get("id")):
        raise BadRow("no_id")
    body, (name, email) = text(one.get("body")), parseaddr(text(one.get("from")))
    by = text(one.get("sender")).casefold() or SENDERS.get(one.get("sender_id", 0), "")
    author = book.agents.get(text(one.get("origin_by_id") or one.get("created_by_id")), ("", ""))
    by = {"customer": "contact"}.get(by, by) or ("agent" if author[0] else "contact")
    files = [record(file) for file in listed(one.get("attachments"))]
    kept = [_file(file) for file in files]
    return Said(
        key=text(one["id"]),
        text=plain(body) if text(one.get("content_type")) != "text/plain" and "<" in body else body,
        at=moment(one.get("created_at")),
        by=by,
        note=one.get("internal") is True and by != "contact",
        name=author[0] or name,
        email=author[1] or email,
        files=tuple(file for file in kept if file),
        outside=tuple(text(f.get("filename")) for f, inside in zip(files, kept, strict=True) if not inside),
        talk=text(one.get("ticket_id")),
    )


def _file(one: Record) -> Enclosed | None:
    kind = text(record(one.get("preferences")).get("Mime-Type")) or text(one.get("mime-type"))
    return enclosed(text(one.get("filename")), kind, one.get("data"))
