"""What a WhatsApp message holds besides who sent it."""

from typing import Any

from samspill.channels.heard import Media
from samspill.channels.payload import clean, part, parts, word

_FILES = ("image", "video", "audio", "document", "sticker")
_PLAIN = ("text", "image", "video", "audio", "document", "interactive", "button")


def text(message: dict[str, Any]) -> str:
    """What he wrote or pressed; where he wrote nothing, what he sent in words where it has any."""
    kind = word(message, "type")
    about = part(message, kind)
    if kind == "interactive":
        return _pressed(about)
    written = {
        "text": word(about, "body", 20_000),
        "button": word(about, "text", 2000),
        "location": ", ".join(filter(None, (word(about, "name"), word(about, "address")))),
        "contacts": "\n".join(_card(card) for card in parts(message, "contacts")),
        "order": _order(about),
        "system": word(about, "body", 2000),
    }
    return written.get(kind, word(about, "caption", 20_000))


def named(message: dict[str, Any]) -> str:
    """What kind of message it is, where text and files do not say it."""
    kind = word(message, "type")
    if kind in ("unsupported", "unknown", ""):
        return "unsupported"
    if kind == "audio" and part(message, kind).get("voice"):
        return "voice"
    return "" if kind in _PLAIN else {"contacts": "contact"}.get(kind, kind)


def media(message: dict[str, Any]) -> tuple[Media, ...]:
    """Its file, by the id that the service gives it out for."""
    kind = word(message, "type")
    about = part(message, kind)
    if kind not in _FILES or not word(about, "id"):
        return ()
    declared = word(about, "mime_type").partition(";")[0]
    return (Media(id=word(about, "id"), name=word(about, "filename", 120), kind=declared),)


def value(message: dict[str, Any]) -> str:
    """The value of the button he pressed."""
    about = part(message, "interactive")
    for reply in ("button_reply", "list_reply"):
        if part(about, reply):
            return word(part(about, reply), "id")
    return word(part(message, "button"), "payload")


def beside(message: dict[str, Any]) -> dict[str, Any]:
    """Place and other facts that pages show beside the text."""
    found: dict[str, Any] = {}
    place = part(message, "location") if word(message, "type") == "location" else {}
    if place:
        found["location"] = {"lat": place.get("latitude"), "long": place.get("longitude")}
    if part(message, "context").get("forwarded") or part(message, "context").get("frequently_forwarded"):
        found["forwarded"] = True
    if part(message, "referral"):
        found["from_ad"] = word(part(message, "referral"), "headline")
    return dict(clean(found))


def _pressed(about: dict[str, Any]) -> str:
    for reply in ("button_reply", "list_reply"):
        if part(about, reply):
            return word(part(about, reply), "title", 2000)
    form = part(about, "nfm_reply")
    return word(form, "body", 2000) or word(form, "name")


def _card(card: dict[str, Any]) -> str:
    phones = " ".join(word(phone, "phone") for phone in parts(card, "phones"))
    return f"{word(part(card, 'name'), 'formatted_name')} {phones}".strip()


def _order(about: dict[str, Any]) -> str:
    lines = [
        f"{word(item, 'quantity')} × {word(item, 'product_retailer_id')}"
        for item in parts(about, "product_items")
    ]
    return "\n".join(filter(None, [word(about, "text", 2000), *lines]))
