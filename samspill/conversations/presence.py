"""Who is looking and who is typing: short-lived, so no event is kept of it."""

import json

from django.db import connection

from samspill.conversations.models import Conversation, Draft, Presence
from samspill.kit import clock
from samspill.workspace.models import Agent

COUNTS_S = 20


def look(conversation: Conversation, agent: Agent, *, typing: bool = False) -> None:
    """The agent has the conversation open now; colleagues are told when something changed."""
    before = Presence.objects.filter(conversation=conversation, agent=agent).first()
    Presence.objects.update_or_create(
        conversation=conversation, agent=agent, defaults={"typing": typing, "seen_at": clock.now()}
    )
    fresh = before and before.seen_at > clock.ago(seconds=COUNTS_S)
    if not fresh or before.typing != typing:
        tell("presence", conversation.pk, agent.actor)
    if typing:
        tell("typing", conversation.pk, "agent")


def leave(conversation: Conversation, agent: Agent) -> None:
    """The agent looks at something else now."""
    Presence.objects.filter(conversation=conversation, agent=agent).delete()
    tell("presence", conversation.pk, agent.actor)


def others(conversation: Conversation, agent: Agent) -> list[Presence]:
    """Colleagues who have this conversation open."""
    here = conversation.presences.filter(seen_at__gt=clock.ago(seconds=COUNTS_S)).exclude(agent=agent)
    return list(here.select_related("agent"))


def keep_draft(conversation: Conversation, agent: Agent, text: str) -> None:
    """Keep what the agent has written so far; an empty text forgets it."""
    if text:
        Draft.objects.update_or_create(conversation=conversation, agent=agent, defaults={"text": text})
    else:
        Draft.objects.filter(conversation=conversation, agent=agent).delete()


def tell(kind: str, conversation: int, actor: str) -> None:
    """Tell live listeners something that needs no row: it is over in seconds."""
    payload = json.dumps({"kind": kind, "conversation": conversation, "actor": actor})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('samspill_events', %s)", [payload])
