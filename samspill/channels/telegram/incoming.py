"""What Telegram posts. Source: core.telegram.org/bots/api#update."""

from collections.abc import Iterator
from typing import Any

from samspill.channels.errors import Unreadable
from samspill.channels.heard import Deleted, Edited, Heard, Nothing, Reacted, Said, Sender
from samspill.channels.hooks import Entry
from samspill.channels.payload import key, part, parts, word
from samspill.channels.telegram import content
from samspill.conversations.models import Inbox

_NEW, _EDITED = ("message", "business_message"), ("edited_message", "edited_business_message")


def split(inbox: Inbox, update: dict[str, Any]) -> Iterator[Entry]:
    """One update is one entry; messages taken back together are one each."""
    number = word(update, "update_id")
    if not number:
        raise Unreadable("garbled")
    gone = part(update, "deleted_business_messages")
    for taken in gone.get("message_ids", []) if isinstance(gone.get("message_ids"), list) else []:
        entry = {"deleted": {"chat": part(gone, "chat"), "message_id": taken}}
        yield inbox, key("update", number, taken), entry
    if not gone:
        yield inbox, key("update", number), {"update": update}


def read(entry: dict[str, Any], inbox: Inbox) -> Heard:
    """What one update says. Raises Unreadable."""
    update = part(entry, "update")
    if part(entry, "deleted"):
        return Deleted(message_id(part(entry, "deleted")), _sender(part(entry, "deleted")))
    for name in _NEW:
        if part(update, name):
            return _message(part(update, name))
    for name in _EDITED:
        if part(update, name):
            return _edited(part(update, name))
    if part(update, "callback_query"):
        return _pressed(part(update, "callback_query"))
    if part(update, "message_reaction"):
        return _reaction(part(update, "message_reaction"))
    return Nothing(next((name for name in update if name != "update_id"), ""))


def message_id(message: dict[str, Any]) -> str:
    """What names a message: ids count within one chat only."""
    return f"{word(part(message, 'chat'), 'id')}:{word(message, 'message_id')}"


def _sender(message: dict[str, Any]) -> Sender:
    chat, person = part(message, "chat"), part(message, "from")
    name = f"{word(chat, 'first_name')} {word(chat, 'last_name')}".strip() or word(chat, "username")
    return Sender(word(chat, "id"), "external", name, word(person, "language_code", 12))


def _message(message: dict[str, Any]) -> Heard:
    if word(part(message, "chat"), "type") != "private":
        return Nothing("group")
    return Said(
        message_id(message),
        _sender(message),
        content.text(message),
        kind=content.named(message),
        media=content.media(message),
        quotes=message_id(part(message, "reply_to_message")) if part(message, "reply_to_message") else "",
        extras=content.beside(message),
    )


def _edited(message: dict[str, Any]) -> Heard:
    if word(part(message, "chat"), "type") != "private":
        return Nothing("group")
    return Edited(message_id(message), _sender(message), content.text(message))


def _pressed(query: dict[str, Any]) -> Heard:
    message, data = part(query, "message"), word(query, "data")
    rows = part(message, "reply_markup").get("inline_keyboard")
    buttons = [button for row in rows for button in row] if _is_rows(rows) else []
    label = next((word(b, "text") for b in buttons if word(b, "callback_data") == data), data)
    sender = _sender(message) if part(message, "chat") else Sender(word(part(query, "from"), "id"))
    return Said(f"pressed:{word(query, 'id')}", sender, label, kind="button", value=data)


def _is_rows(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, list) for row in rows)


def _reaction(told: dict[str, Any]) -> Heard:
    if word(part(told, "chat"), "type") != "private":
        return Nothing("group")
    faces = [word(face, "emoji") or "★" for face in parts(told, "new_reaction")]
    return Reacted(message_id(told), _sender(told), faces[0] if faces else "")
