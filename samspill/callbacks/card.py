"""A callback as a card in the chat: what it shows, and how it follows what becomes of the callback."""

from typing import Any
from zoneinfo import ZoneInfo

from samspill.callbacks.link import opened
from samspill.callbacks.models import Callback
from samspill.callbacks.number import masked
from samspill.callbacks.people import zone
from samspill.callbacks.told import window
from samspill.conversations.card import redraw
from samspill.conversations.models import Message

TRIED = "tried"
LOOKS = {
    Callback.State.REACHED: "done", Callback.State.LATE: "done", Callback.State.CANCELLED: "off",
}  # fmt: skip


def card(callback: Callback) -> dict[str, Any]:
    """What the panel draws. `state`: open, tried (called in vain, and called again), done, off, or missed.

    Times are told only while they are a promise: later ones move with the plan.
    """
    shown: dict[str, Any] = {"kind": "callback", "callback": callback.pk, "state": _state(callback)}
    if callback.identity is None:
        return shown
    place = ZoneInfo(zone(callback.contact, callback.identity.value))
    begins, ends = (moment.astimezone(place) for moment in window(callback))
    return shown | {
        "number": masked(callback.identity.value), "from": begins.isoformat(), "until": ends.isoformat()
    }  # fmt: skip


def redraw_cards(callback: Callback) -> int:
    """Bring every card of this callback up to date, where its customer was shown one; returns how many changed."""
    said = Message.objects.filter(conversation__contact=callback.contact_id, extras__card__kind="callback")
    return sum(
        redraw(one, one.extras["card"] | card(callback))
        for one in said.order_by("pk")
        if _of(one.extras["card"]) == callback.pk
    )


def _of(shown: dict[str, Any]) -> object:
    """Whose card it is; older ones tell it by their link alone."""
    if "callback" in shown:
        return shown["callback"]
    found = opened(str(shown.get("url", "")).rstrip("/").rpartition("/")[2])
    return found.callback.pk if found else None


def _state(callback: Callback) -> str:
    if not callback.is_open:
        return LOOKS.get(Callback.State(callback.state), "missed")
    return TRIED if callback.attempts.exclude(outcome="").exists() else "open"
