"""What a Telegram message holds besides who sent it."""

from typing import Any

from samspill.channels.heard import Media
from samspill.channels.payload import clean, part, parts, word

_FILES = ("document", "video", "audio", "voice", "video_note", "animation", "sticker")
# what a message may hold that this desk names but does not draw
_OTHERS = (
    "poll", "checklist", "dice", "game", "invoice", "story", "giveaway", "paid_media", "users_shared", "chat_shared",
    "successful_payment", "web_app_data", "contact", "location", "venue",
)  # fmt: skip


def text(message: dict[str, Any]) -> str:
    """What he wrote; else what he sent, where it has words."""
    written = word(message, "text", 20_000) or word(message, "caption", 20_000)
    card, venue = part(message, "contact"), part(message, "venue")
    name = f"{word(card, 'first_name')} {word(card, 'last_name')} {word(card, 'phone_number')}"
    return (
        written
        or " ".join(name.split())
        or ", ".join(filter(None, (word(venue, "title"), word(venue, "address"))))
        or word(part(message, "sticker"), "emoji")
        or word(part(message, "poll"), "question")
    )


def named(message: dict[str, Any]) -> str:
    """What kind of message it is, where text and files do not say it."""
    if part(message, "sticker"):
        return "sticker"
    if part(message, "voice") or part(message, "video_note"):
        return "voice" if part(message, "voice") else ""
    for name in _OTHERS:
        if part(message, name):
            return "location" if name == "venue" else name
    return "" if text(message) or media(message) else "unsupported"


def media(message: dict[str, Any]) -> tuple[Media, ...]:
    """Its file, by the id that the service gives it out for; of a picture the largest size."""
    sizes = parts(message, "photo")
    if sizes:
        return (Media(id=word(sizes[-1], "file_id"), name="photo.jpg", kind="image/jpeg"),)
    found = [part(message, name) for name in _FILES if part(message, name)]
    # an animation is told as a document as well
    return tuple(_file(about) for about in found[:1] if word(about, "file_id"))


def beside(message: dict[str, Any]) -> dict[str, Any]:
    """Place and other facts that pages show beside the text."""
    found: dict[str, Any] = {}
    place = part(message, "location") or part(message, "venue", "location")
    if place:
        found["location"] = {"lat": place.get("latitude"), "long": place.get("longitude")}
    if part(message, "forward_origin"):
        found["forwarded"] = True
    return dict(clean(found))


def _file(about: dict[str, Any]) -> Media:
    return Media(id=word(about, "file_id"), name=word(about, "file_name", 120), kind=word(about, "mime_type"))
