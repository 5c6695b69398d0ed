from django.db import transaction

from samspill.conversations.errors import Collision
from samspill.conversations.models import Assignment, Conversation
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.workspace.models import Agent, Team


@transaction.atomic
def assign(conversation: Conversation, agent: Agent | None, *, by: Agent, expected: int | None) -> None:
    """Give the conversation to `agent` (or to nobody).

    `expected` is the owner's id as the person who assigns saw it; raises Collision when it has changed.
    """
    held = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    if held.assignee_id != expected and held.assignee_id != (agent.pk if agent else None):
        raise Collision(held.assignee.name if held.assignee else "", "owns")
    take(held, agent, by=by.actor)


def take(conversation: Conversation, agent: Agent | None, *, by: str) -> None:
    """Make `agent` the one owner, in the caller's transaction; the assistant is silent from then on."""
    if conversation.assignee_id == (agent.pk if agent else None):
        return
    Assignment.objects.filter(conversation=conversation, ended_at=None).update(ended_at=clock.now())
    if agent:
        Assignment.objects.create(conversation=conversation, agent=agent, by=by)
    conversation.assignee = agent
    if agent:
        conversation.in_charge = Conversation.InCharge.PERSON
    conversation.save(update_fields=["assignee", "in_charge"])
    emit(
        "conversation.assigned",
        actor=by,
        contact=conversation.contact_id,
        conversation=conversation.pk,
        agent=agent.pk if agent else None,
    )


@transaction.atomic
def assign_team(conversation: Conversation, team: Team | None, *, by: str) -> None:
    """Give the conversation to a group."""
    Conversation.objects.filter(pk=conversation.pk).update(team=team)
    emit(
        "conversation.team_assigned",
        actor=by,
        contact=conversation.contact_id,
        conversation=conversation.pk,
        team=team.pk if team else None,
    )
