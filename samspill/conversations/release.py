from django.db import transaction

from samspill.conversations.assign import take
from samspill.conversations.models import Conversation
from samspill.workspace.models import Agent


@transaction.atomic
def release_all(agent: Agent, *, by: str) -> int:
    """Nobody owns what `agent` had open any more, so that colleagues see it waiting; returns how many."""
    held = Conversation.objects.select_for_update(of=("self",)).filter(assignee=agent)
    conversations = list(held.exclude(status=Conversation.Status.CLOSED))
    for conversation in conversations:
        take(conversation, None, by=by)
    return len(conversations)
