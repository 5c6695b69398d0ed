"""The visitor's present conversation and what is new in it."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from samspill.channels.webchat.incoming import Refused
from samspill.channels.webchat.visitors import Visitor
from samspill.conversations.models import Conversation, Message
from samspill.surveys.models import Survey
from samspill.widget import show

MOST = 200
MOST_CARDS = 20


def present(visitor: Visitor) -> Conversation | None:
    """The visitor's latest conversation, open or just closed."""
    return _of(visitor).first()


def _of(visitor: Visitor) -> QuerySet[Conversation]:
    address = {f"identity__{name}": value for name, value in visitor.address.items()}
    mine = Conversation.objects.filter(inbox=visitor.inbox_id, inbox__enabled=True, **address)
    return mine.select_related("assignee").order_by("-id")


def present_or_refuse(visitor: Visitor) -> Conversation:
    """The visitor's latest conversation. Raises Refused."""
    conversation = present(visitor)
    if conversation is None:
        raise Refused("gone")
    return conversation


def news(visitor: Visitor, after: int) -> dict[str, Any]:
    """What the panel has not seen yet: messages past id `after`, the state, the key to the live stream."""
    calls = Message.objects.filter(conversation=OuterRef("pk"), extras__card__kind="callback")
    conversation = _of(visitor).annotate(has_calls=Exists(calls)).first()
    if conversation is None:
        return {"conversation": None, "room": "", "messages": [], "survey": None, "cards": {}}
    return {
        "conversation": show.conversation(conversation),
        "room": visitor.room(conversation.pk),
        "messages": [show.message(message) for message in _after(conversation, after)],
        "survey": _survey(conversation),
        "cards": _cards(conversation) if conversation.has_calls else {},
    }


def _cards(conversation: Conversation) -> dict[int, Any]:
    """Cards whose facts change after they were shown, as they stand, by message."""
    shown = conversation.messages.filter(extras__card__kind="callback").order_by("-pk")[:MOST_CARDS]
    return {pk: extras["card"] for pk, extras in shown.values_list("pk", "extras")}


def _after(conversation: Conversation, after: int) -> list[Message]:
    said = conversation.messages.exclude(direction=Message.Direction.NOTE).filter(pk__gt=after)
    latest = said.order_by("-id").select_related("agent", "inbox").prefetch_related("attachments")[:MOST]
    return list(reversed(latest))


def _survey(conversation: Conversation) -> dict[str, Any] | None:
    if conversation.status != Conversation.Status.CLOSED:
        return None
    asked = Survey.objects.filter(conversation=conversation).order_by("-id").first()
    return show.survey(asked) if asked else None
