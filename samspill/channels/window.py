"""Some services take free text only for a day after the contact wrote."""

from datetime import datetime, timedelta

from samspill.conversations.models import Conversation, Message
from samspill.kit import clock

HOURS = 24


def last_heard(conversation: Conversation) -> datetime | None:
    """When the contact last wrote by this inbox."""
    theirs = Message.objects.filter(
        conversation__inbox=conversation.inbox_id,
        conversation__identity=conversation.identity_id,
        direction=Message.Direction.IN,
    )
    return theirs.order_by("-pk").values_list("created_at", flat=True).first()


def closes_at(conversation: Conversation) -> datetime | None:
    """When the window closes or has closed; None where the contact has never written."""
    heard = last_heard(conversation)
    return heard + timedelta(hours=HOURS) if heard else None


def is_open(conversation: Conversation) -> bool:
    """Whether free text may go out now."""
    closes = closes_at(conversation)
    return closes is not None and closes > clock.now()
