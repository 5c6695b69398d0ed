"""What Twilio posts.

Sources: twilio.com/docs/messaging/guides/webhook-request and …/guides/track-outbound-message-status.
"""

from collections.abc import Iterator
from typing import Any

from samspill.channels.errors import Unreadable
from samspill.channels.heard import Arrived, Heard, Media, Nothing, OptedOut, Said, Sender
from samspill.channels.hooks import Entry
from samspill.channels.payload import clean, digest, key, number, part, word
from samspill.channels.phone import e164
from samspill.channels.sms.words import answer
from samspill.conversations.models import Inbox

MOST_FILES = 10
_STATES = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
}
_ERRORS = {
    "21610": "opted_out", "21211": "bad_address", "21612": "bad_address", "21614": "bad_address",
    "30003": "bad_address", "30005": "bad_address", "30006": "bad_address",
    "30004": "blocked", "30007": "blocked", "30019": "too_large",
}  # fmt: skip


def split(inbox: Inbox, form: dict[str, str]) -> Iterator[Entry]:
    """One post is a message or a state of one of ours."""
    told: dict[str, Any] = clean(form)
    sid = word(told, "MessageSid") or word(told, "SmsSid")
    state = word(told, "MessageStatus")
    if state:
        yield inbox, key("status", sid, state), {"form": told}
    else:
        yield inbox, key("message", sid or digest(told)), {"form": told}


def read(entry: dict[str, Any], inbox: Inbox) -> Heard:
    """What one post says. Raises Unreadable."""
    form = part(entry, "form")
    sid = word(form, "MessageSid") or word(form, "SmsSid")
    if word(form, "MessageStatus"):
        state = _STATES.get(word(form, "MessageStatus"), "")
        return (
            Arrived(state, ids=(sid,), error=error(word(form, "ErrorCode"))) if state else Nothing("status")
        )
    if not sid:
        raise Unreadable("garbled")
    said = Said(
        sid, Sender(e164(word(form, "From")), "phone"), word(form, "Body", 20_000), media=_media(form)
    )
    asked = _answer(form)
    return said if asked is None else OptedOut(said, asked)


def error(code: str) -> str:
    """Our code for one of Twilio's."""
    return _ERRORS.get(code, f"refused:{code}" if code else "gave_up")


def _answer(form: dict[str, Any]) -> bool | None:
    told = {"STOP": False, "START": True}.get(word(form, "OptOutType").upper())
    return told if told is not None else answer(word(form, "Body", 100))


def _media(form: dict[str, Any]) -> tuple[Media, ...]:
    count = min(number(form, "NumMedia"), MOST_FILES)
    return tuple(
        Media(url=word(form, f"MediaUrl{at}", 2000), kind=word(form, f"MediaContentType{at}"))
        for at in range(count)
        if word(form, f"MediaUrl{at}", 2000)
    )
