"""What Messenger and Instagram post.

Sources: developers.facebook.com/docs/messenger-platform/reference/webhook-events and
…/docs/messenger-platform/instagram/features/webhook.
"""

from collections.abc import Iterator
from typing import Any

from samspill.channels.errors import Unreadable
from samspill.channels.heard import (
    Arrived,
    Deleted,
    Echoed,
    Edited,
    Heard,
    Media,
    Nothing,
    Reacted,
    Said,
    Sender,
)
from samspill.channels.hooks import Entry
from samspill.channels.meta.door import whose
from samspill.channels.payload import digest, key, number, part, parts, word
from samspill.conversations.models import Inbox

_CHANNELS = {"page": "messenger", "instagram": "instagram"}
_FILES = {"image", "video", "audio", "file", "ig_reel", "reel", "story_mention", "share", "ig_post", "media"}
_MARK = "samspill"


def split(inbox: Inbox, payload: dict[str, Any]) -> Iterator[Entry]:
    """Every event of a delivery on its own, with the inbox it is for and a key that stays the same."""
    channel = _CHANNELS.get(word(payload, "object"), inbox.channel)
    for entry in parts(payload, "entry"):
        account = word(entry, "id")
        target = whose(inbox, channel, "page_id", account)
        for place in ("messaging", "standby"):
            for event in parts(entry, place):
                yield target, _key(event), {"account": account, "place": place, "event": event}
        for change in parts(entry, "changes"):
            yield target, key("change", digest(change)), {"account": account, "change": change}


def _key(event: dict[str, Any]) -> str:
    mid = word(part(event, "message"), "mid", 2000)
    if mid:
        kind = "deleted" if part(event, "message").get("is_deleted") else "message"
        return key(kind, mid)
    postback = word(part(event, "postback"), "mid", 2000)
    return key("postback", postback) if postback else key("event", digest(event))


def read(entry: dict[str, Any], inbox: Inbox) -> Heard:
    """What one event says. Raises Unreadable."""
    if word(entry, "account") not in ("", "0", inbox.settings.get("page_id", "")):
        raise Unreadable("wrong_account")
    event = part(entry, "event")
    sender = Sender(word(part(event, "sender"), "id"))
    if part(event, "message"):
        return _message(event, sender, part(event, "message"))
    if part(event, "postback"):
        return _postback(event, sender, part(event, "postback"))
    return _about_others(event, sender)


def _about_others(event: dict[str, Any], sender: Sender) -> Heard:
    edit, reaction = part(event, "message_edit"), part(event, "reaction")
    if edit:
        return Edited(word(edit, "mid", 2000), sender, word(edit, "text", 20_000))
    if reaction:
        gone = word(reaction, "action") == "unreact"
        face = word(reaction, "emoji") or word(reaction, "reaction")
        return Reacted(word(reaction, "mid", 2000), sender, "" if gone else face)
    for name, state in (("delivery", "delivered"), ("read", "read")):
        if part(event, name):
            return _arrived(part(event, name), state, sender)
    return Nothing(next((name for name in event if name not in ("sender", "recipient", "timestamp")), ""))


def _arrived(told: dict[str, Any], state: str, reader: Sender) -> Heard:
    ids = told.get("mids")
    named = [str(mid) for mid in ids if isinstance(mid, str)] if isinstance(ids, list) else []
    named += [word(told, "mid", 2000)] if word(told, "mid") else []
    if named:
        return Arrived(state, ids=tuple(named))
    until = number(told, "watermark")
    return Arrived(state, reader=reader, until=until) if until else Nothing(state)


def _message(event: dict[str, Any], sender: Sender, message: dict[str, Any]) -> Heard:
    mid, text = word(message, "mid", 2000), word(message, "text", 20_000)
    if message.get("is_deleted"):
        return Deleted(mid, sender)
    media, kind = _media(message)
    if message.get("is_echo"):
        if word(message, "metadata") == _MARK:
            return Nothing("echo")
        return Echoed(mid, Sender(word(part(event, "recipient"), "id")), text, kind, media)
    return Said(
        mid,
        sender,
        text,
        kind="unsupported" if message.get("is_unsupported") else kind,
        media=media,
        quotes=word(part(message, "reply_to"), "mid", 2000),
        value=word(part(message, "quick_reply"), "payload"),
        extras=_beside(message),
    )


def _media(message: dict[str, Any]) -> tuple[tuple[Media, ...], str]:
    rows = parts(message, "attachments")
    kinds = [word(row, "type") for row in rows]
    files = [
        Media(url=word(part(row, "payload"), "url", 4000), kind=kind)
        for row, kind in zip(rows, kinds, strict=True)
        if kind in _FILES and word(part(row, "payload"), "url")
    ]
    sticker = any(part(row, "payload").get("sticker_id") for row in rows)
    named = [kind for kind in kinds if kind not in ("image", "video", "audio", "file")]
    return tuple(files), "sticker" if sticker else (named[0] if named else "")


def _beside(message: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in parts(message, "attachments"):
        point = part(row, "payload", "coordinates")
        if point:
            found["location"] = {"lat": point.get("lat"), "long": point.get("long")}
    if part(message, "reply_to", "story"):
        found["story"] = True
    return found


def _postback(event: dict[str, Any], sender: Sender, postback: dict[str, Any]) -> Said:
    mid = word(postback, "mid", 2000) or f"postback:{number(event, 'timestamp')}"
    return Said(mid, sender, word(postback, "title", 2000), kind="button", value=word(postback, "payload"))
