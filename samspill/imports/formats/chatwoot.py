"""Chatwoot: contacts (JSON, or the CSV its contact page exports) and conversations with messages as its API gives them.

https://developers.chatwoot.com/api-reference/conversations, …/messages, …/contacts
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from samspill.imports.formats import contacts
from samspill.imports.formats.desk import Book, listed, moment, record, rows, text
from samspill.imports.formats.records import Found, Record
from samspill.imports.items import BadRow, Item, Person, Row, Said, Talk

INCOMING, OUTGOING, ACTIVITY, TEMPLATE = "0", "1", "2", "3"
TYPES = {"incoming": INCOMING, "outgoing": OUTGOING, "activity": ACTIVITY, "template": TEMPLATE}
BY = {INCOMING: "contact", OUTGOING: "agent", ACTIVITY: "system", TEMPLATE: "system"}


def read(path: Path) -> Iterator[Row]:
    """The rows of an export of Chatwoot."""
    if path.suffix.casefold() == ".csv" and not path.is_dir() and not zipfile.is_zipfile(path):
        return contacts.rows(path, {})
    return rows(path, _kind, _make)


def _kind(found: Found) -> str:
    one = found.record
    if "message_type" in one:
        return "said"
    if "meta" in one or "messages" in one or "contact_last_seen_at" in one:
        return "talk"
    if "role" in one or ("availability_status" in one and "confirmed" in one):
        return "agent"
    return "person" if "phone_number" in one or "email" in one or "identifier" in one else "unknown"


def _make(kind: str, one: Record, book: Book) -> Item:
    return {"person": lambda: _person(one), "talk": lambda: _talk(one), "said": lambda: _said(one)}[kind]()


def _person(one: Record) -> Person:
    more, own = record(one.get("additional_attributes")), record(one.get("custom_attributes"))
    kept = {key: value for key, value in own.items() if value not in (None, "")}
    kept |= {key: text(more[key]) for key in ("city", "description") if text(more.get(key))}
    return Person(
        key=text(one.get("id")),
        name=text(one.get("name")),
        emails=tuple(filter(None, [text(one.get("email"))])),
        phones=tuple(filter(None, [text(one.get("phone_number"))])),
        organisation=text(more.get("company_name")),
        country=text(more.get("country_code")) or text(more.get("country")),
        attributes=kept | ({"tags": one["labels"]} if listed(one.get("labels")) else {}),
    )


def _talk(one: Record) -> Talk:
    meta = record(one.get("meta"))
    sender = record(meta.get("sender")) or record(one.get("contact"))
    return Talk(
        key=text(one.get("id")),
        subject=text(record(one.get("additional_attributes")).get("mail_subject")),
        person=_person(sender) if sender else Person(key=text(one.get("contact_id"))),
        open=text(one.get("status")) in {"open", "pending", "snoozed"},
        at=moment(one.get("created_at")),
        said=tuple(_said(record(message)) for message in listed(one.get("messages"))),
    )


def _said(one: Record) -> Said:
    if not text(one.get("id")):
        raise BadRow("no_id")
    sender = record(one.get("sender"))
    kind = TYPES.get(text(one.get("message_type")), text(one.get("message_type")))
    files = [record(file) for file in listed(one.get("attachments"))]
    names = (text(f.get("fallback_title")) or text(f.get("data_url")).rpartition("/")[2] for f in files)
    return Said(
        key=text(one["id"]),
        text=text(one.get("content")),
        at=moment(one.get("created_at")),
        by=BY.get(kind, "system"),
        note=one.get("private") is True,
        name=text(sender.get("name")),
        email=text(sender.get("email")) if kind == OUTGOING else "",
        outside=tuple(name for name in names if name),
        talk=text(one.get("conversation_id")),
    )
