from django.db import transaction

from samspill.conversations.models import Conversation, Message
from samspill.kit.events import emit
from samspill.workspace.models import Agent


@transaction.atomic
def note(conversation: Conversation, agent: Agent, text: str, external_id: str) -> Message:
    """Leave a note that only agents see."""
    message, created = Message.objects.get_or_create(
        conversation=conversation,
        external_id=external_id,
        defaults={
            "direction": Message.Direction.NOTE,
            "author": Message.Author.AGENT,
            "agent": agent,
            "text": text,
        },
    )
    if created:
        emit(
            "note.added",
            actor=agent.actor,
            contact=conversation.contact_id,
            conversation=conversation.pk,
            message=message.pk,
        )
    return message
