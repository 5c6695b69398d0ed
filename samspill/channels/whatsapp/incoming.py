"""What WhatsApp's Cloud API posts.

Sources: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference (messages, status, edit,
revoke, smb_message_echoes, message_template_status_update) and …/business-scoped-user-ids.
"""

from collections.abc import Iterator
from typing import Any

from samspill.channels.errors import Unreadable
from samspill.channels.heard import Arrived, Deleted, Echoed, Edited, Heard, Nothing, Reacted, Said, Sender
from samspill.channels.hooks import Entry
from samspill.channels.meta.door import whose
from samspill.channels.meta.graph import code_of
from samspill.channels.payload import digest, key, part, parts, word
from samspill.channels.phone import e164
from samspill.channels.whatsapp import content
from samspill.conversations.models import Inbox

_STATES = {"sent": "sent", "delivered": "delivered", "read": "read", "played": "read", "failed": "failed"}


def split(inbox: Inbox, payload: dict[str, Any]) -> Iterator[Entry]:
    """Every message, state and error of a delivery on its own, with a key that stays the same."""
    for entry in parts(payload, "entry"):
        for change in parts(entry, "changes"):
            value, field = part(change, "value"), word(change, "field")
            account = word(part(value, "metadata"), "phone_number_id")
            target = whose(inbox, "whatsapp", "phone_number_id", account)
            for name, kept in _entries(field, value):
                yield target, name, kept | {"account": account}


def _entries(field: str, value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if field not in ("messages", "smb_message_echoes"):
        yield key("change", field, digest(value)), {"field": field, "value": value}
    for message in parts(value, "messages"):
        yield key("message", word(message, "id", 2000)), {"message": message, "contact": _of(value, message)}
    for status in parts(value, "statuses"):
        yield key("status", word(status, "id", 2000), word(status, "status")), {"status": status}
    for echo in parts(value, "message_echoes"):
        yield key("echo", word(echo, "id", 2000)), {"echo": echo}
    for error in parts(value, "errors"):
        yield key("error", digest({"error": error})), {"error": error}


def _of(value: dict[str, Any], message: dict[str, Any]) -> dict[str, Any]:
    people = parts(value, "contacts")
    ids = {word(message, "from"), word(message, "from_user_id")} - {""}
    for person in people:
        if ids & {word(person, "wa_id"), word(person, "user_id")}:
            return person
    return people[0] if len(people) == 1 and not ids else {}


def read(entry: dict[str, Any], inbox: Inbox) -> Heard:
    """What one entry says. Raises Unreadable."""
    if word(entry, "account") not in ("", inbox.settings.get("phone_number_id", "")):
        raise Unreadable("wrong_account")
    if part(entry, "message"):
        return _message(part(entry, "message"), part(entry, "contact"))
    if part(entry, "status"):
        return _status(part(entry, "status"))
    if part(entry, "echo"):
        return _echo(part(entry, "echo"))
    return Nothing(word(entry, "field") or "error")


def _sender(message: dict[str, Any], person: dict[str, Any]) -> Sender:
    name = word(part(person, "profile"), "name") or word(part(person, "profile"), "username")
    phone = word(message, "from") or word(person, "wa_id")
    if phone:
        return Sender(e164(phone), "phone", name)
    # whoever goes by a user name shows no number: then the id counts that Meta made for this company
    return Sender(word(message, "from_user_id") or word(person, "user_id"), "external", name)


def _message(message: dict[str, Any], person: dict[str, Any]) -> Heard:
    kind, sender = word(message, "type"), _sender(message, person)
    about = part(message, kind)
    if kind == "reaction":
        return Reacted(word(about, "message_id", 2000), sender, word(about, "emoji"))
    if kind == "revoke":
        return Deleted(word(about, "original_message_id", 2000), sender)
    if kind == "edit":
        inner = part(about, "message")
        return Edited(word(about, "original_message_id", 2000), sender, content.text(inner))
    return Said(
        word(message, "id", 2000),
        sender,
        content.text(message),
        kind=content.named(message),
        media=content.media(message),
        quotes=word(part(message, "context"), "id", 2000),
        value=content.value(message),
        extras=content.beside(message),
    )


def _status(status: dict[str, Any]) -> Heard:
    state = _STATES.get(word(status, "status"), "")
    if not state:
        return Nothing("status")
    error = code_of(parts(status, "errors")[0]) if parts(status, "errors") else ""
    return Arrived(state, ids=(word(status, "id", 2000),), error=error)


def _echo(echo: dict[str, Any]) -> Heard:
    to = Sender(e164(word(echo, "to")), "phone") if word(echo, "to") else Sender(word(echo, "to_user_id"))
    kind = word(echo, "type")
    if kind in ("edit", "revoke"):
        return Nothing(kind)
    return Echoed(word(echo, "id", 2000), to, content.text(echo), content.named(echo), content.media(echo))
