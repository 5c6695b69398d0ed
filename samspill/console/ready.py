"""What is shown of a reply that waits: the text, why it waits and how sure the assistant is, in words."""

from typing import Any

from django.utils.translation import gettext as _

from samspill.assistant.mails import prepared as replies
from samspill.conversations.models import Conversation
from samspill.workspace.models import Agent


def about(shown: Conversation, agent: Agent) -> dict[str, Any]:
    """What the card shows."""
    prepared = replies.waiting(shown) if shown.status != Conversation.Status.CLOSED else None
    if prepared is None:
        return {"prepared": None}
    text = replies.offered(prepared, agent)
    return {
        "prepared": prepared,
        "offered": text,
        "why": why(prepared.why_waiting),
        "sure": sure(prepared.confidence),
    }


def why(code: str) -> str:
    """Why a reply waits, in words."""
    return {
        "person": _("A person is in charge here."),
        "upset": _("The customer sounds unhappy."),
        "unverified": _("It is not proven who wrote."),
        "others": _("Other people would read it too."),
        "asks": _("It asks the customer for something."),
        "partly": _("It answers only a part of the mail."),
        "files": _("The mail has files that only a person can look at."),
        "language": _("Not all of it is in the customer's language."),
        "too_many": _("The assistant has answered here three times in a row."),
        "not_approved": _("Replies about this are not yet sent by themselves."),
        "unsure": _("The assistant is not sure enough."),
        "asked": _("The customer asks for a person."),
        "risk": _("This needs a person's judgement."),
        "complaint": _("The customer complains."),
        "complex": _("Several things are asked at once."),
        "flow": _("The last step needs a person."),
        "intent": _("This always goes to a person."),
    }.get(code, "")


def sure(confidence: float | None) -> tuple[str, str]:
    """How sure the assistant is, in words, and the tone of the badge."""
    if confidence is None:
        return _("not measured"), ""
    if confidence >= 0.85:
        return _("very sure"), "good"
    return (_("quite sure"), "good") if confidence >= 0.65 else (_("not so sure"), "warn")
