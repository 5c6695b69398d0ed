"""What an agent sees of somebody to call: who they are, what went before, when is good and why."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from samspill.callbacks import words
from samspill.callbacks.dialling import dialler
from samspill.callbacks.models import Attempt, Callback
from samspill.callbacks.number import shown
from samspill.callbacks.people import zone
from samspill.callbacks.permission import may_call
from samspill.callbacks.rules import legal_now
from samspill.console.callbacks.week import table
from samspill.conversations.models import Conversation, Message
from samspill.kit import clock

EARLIER, SAID = 5, 3


def facts(callback: Callback) -> dict[str, Any]:
    """Everything the card of a person shows."""
    attempts = list(callback.attempts.select_related("agent").order_by("position"))
    return {
        "callback": callback,
        "contact": callback.contact,
        **_number(callback),
        "attempts": attempts,
        "ringing": next((one for one in attempts if not one.outcome), None),
        "earlier": _earlier(callback),
        **_talk(callback),
        **why(callback),
        "week": table(callback),
        "may_call": may_call(callback.contact),
    }


def why(callback: Callback) -> dict[str, Any]:
    """When, how likely, and for what reasons, in words."""
    decision = callback.decisions.order_by("-id").first()
    here = ZoneInfo(_zone(callback))
    return {
        "percent": None if callback.chance is None else round(100 * callback.chance),
        "reasons": [(told, one["effect"] > 0) for one in callback.reasons if (told := words.reason(one))],
        "mode": words.mode(callback.mode),
        "doubt": words.doubt(decision.doubt) if decision else "",
        "others": [_option(one, here) for one in callback.others if one["at"] > clock.now().timestamp() + 60],
    }


def _number(callback: Callback) -> dict[str, Any]:
    number = callback.identity.value if callback.identity else ""
    name = _zone(callback)
    return {
        "number": shown(number) if number else "",
        "link": dialler().link(number) if number else "",
        "there": f"{clock.now().astimezone(ZoneInfo(name)):%H:%M}",
        "zone": name.rpartition("/")[2].replace("_", " "),
        "legal": not number or legal_now(callback),
    }


def _zone(callback: Callback) -> str:
    return zone(callback.contact, callback.identity.value if callback.identity else "")


def _option(one: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    at = datetime.fromtimestamp(one["at"], UTC)
    chance = one.get("chance")
    return {
        "at": at,
        "iso": at.isoformat(),
        "there": f"{at.astimezone(zone):%H:%M}",
        "percent": None if chance is None else round(100 * chance),
        "reasons": [told for reason in one.get("reasons", []) if (told := words.reason(reason))][:2],
    }


def _earlier(callback: Callback) -> list[Callback]:
    others = Callback.objects.filter(contact=callback.contact_id).exclude(pk=callback.pk)
    return list(others.order_by("-created_at")[:EARLIER])


def _talk(callback: Callback) -> dict[str, Any]:
    """The conversation it came from, else their latest one, with the last things said."""
    talk = (
        callback.conversation
        or Conversation.objects.filter(contact=callback.contact_id).order_by("-last_message_at").first()
    )
    said = Message.objects.filter(conversation=talk).exclude(text="").order_by("-pk")[:SAID] if talk else []
    return {"talk": talk, "said": list(said)[::-1]}


OUTCOMES = {
    "answered": ("1", "good", "check"), "no_answer": ("2", "", "phone"), "voicemail": ("3", "", "note"),
    "busy": ("4", "", "clock"), "declined": ("5", "", "hand"), "too_late": ("6", "", "undo"),
    "wrong_number": ("7", "", "close"),
}  # fmt: skip


def outcomes() -> list[dict[str, str]]:
    """How a call can end, each with its key."""
    names = dict(Attempt.Outcome.choices)
    return [
        {"code": code, "name": str(names[code]), "key": key, "tone": tone, "icon": icon}
        for code, (key, tone, icon) in OUTCOMES.items()
    ]
