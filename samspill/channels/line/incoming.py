"""What LINE posts. Source: developers.line.biz/en/reference/messaging-api/#webhook-event-objects."""

from collections.abc import Iterator
from typing import Any

from samspill.channels.heard import Deleted, Heard, Media, Nothing, Said, Sender
from samspill.channels.hooks import Entry
from samspill.channels.payload import clean, digest, key, part, parts, word
from samspill.conversations.models import Inbox

_FILES = ("image", "video", "audio", "file")
_NAMES = {"image": "image.jpg", "video": "video.mp4", "audio": "voice.m4a"}


def split(inbox: Inbox, payload: dict[str, Any]) -> Iterator[Entry]:
    """Every event on its own; delivered again it has the same id."""
    for event in parts(payload, "events"):
        kept = {name: value for name, value in event.items() if name not in ("replyToken", "deliveryContext")}
        yield inbox, key("event", word(event, "webhookEventId") or digest(kept)), {"event": kept}


def read(entry: dict[str, Any], inbox: Inbox) -> Heard:
    """What one event says."""
    event = part(entry, "event")
    source, kind = part(event, "source"), word(event, "type")
    sender = Sender(word(source, "userId"))
    if word(source, "type") != "user":
        return Nothing("group")
    if kind == "message":
        return _message(part(event, "message"), sender)
    if kind == "unsend":
        return Deleted(word(part(event, "unsend"), "messageId"), sender)
    if kind == "postback":
        return _postback(event, sender)
    return Nothing(kind)


def _message(message: dict[str, Any], sender: Sender) -> Said:
    kind = word(message, "type")
    return Said(
        word(message, "id"),
        sender,
        _text(message, kind),
        kind=_named(kind),
        media=_media(message, kind),
        quotes=word(message, "quotedMessageId"),
        extras=_beside(message, kind),
    )


def _named(kind: str) -> str:
    if kind in ("text", "image", "video", "file"):
        return ""
    return {"audio": "voice", "sticker": "sticker", "location": "location"}.get(kind, kind or "unsupported")


def _text(message: dict[str, Any], kind: str) -> str:
    if kind == "location":
        return ", ".join(filter(None, (word(message, "title"), word(message, "address"))))
    if kind == "sticker":
        words = message.get("keywords")
        return word(message, "text") or (str(words[0])[:60] if isinstance(words, list) and words else "")
    return word(message, "text", 20_000)


def _media(message: dict[str, Any], kind: str) -> tuple[Media, ...]:
    if kind not in _FILES:
        return ()
    provider, name = part(message, "contentProvider"), word(message, "fileName", 120) or _NAMES.get(kind, "")
    if word(provider, "type") == "external":
        return (Media(url=word(provider, "originalContentUrl", 4000), name=name),)
    return (Media(id=word(message, "id"), name=name),)


def _beside(message: dict[str, Any], kind: str) -> dict[str, Any]:
    if kind != "location":
        return {}
    return dict(clean({"location": {"lat": message.get("latitude"), "long": message.get("longitude")}}))


def _postback(event: dict[str, Any], sender: Sender) -> Said:
    postback = part(event, "postback")
    data = word(postback, "data")
    named = key("postback", word(event, "webhookEventId") or digest(event))
    return Said(named, sender, word(postback, "displayText") or data, kind="button", value=data)
