from django.db import transaction

from samspill.conversations.assign import take
from samspill.conversations.errors import Collision
from samspill.conversations.models import Conversation, Handover
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.workspace.models import Agent


@transaction.atomic
def hand_over(
    conversation: Conversation,
    reason: str,
    *,
    summary: str,
    facts: list[dict[str, str]],
    by: str = "assistant",
) -> Handover | None:
    """The assistant gives the conversation to people and is silent from now on; None when it had already."""
    changed = Conversation.objects.filter(pk=conversation.pk, in_charge="assistant").update(
        in_charge="person", summary=summary, facts=facts, waiting_since=clock.now()
    )
    if not changed:
        return None
    handover = Handover.objects.create(conversation=conversation, reason=reason, summary=summary, facts=facts)
    emit(
        "conversation.handed_over",
        actor=by,
        contact=conversation.contact_id,
        conversation=conversation.pk,
        reason=reason,
    )
    return handover


@transaction.atomic
def take_over(conversation: Conversation, agent: Agent) -> None:
    """A person steps in: the assistant is silent and `agent` owns it. Raises Collision when another does."""
    held = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    if held.assignee_id not in (None, agent.pk):
        raise Collision(held.assignee.name, "owns")
    Conversation.objects.filter(pk=held.pk).update(in_charge=Conversation.InCharge.PERSON)
    take(held, agent, by=agent.actor)


@transaction.atomic
def give_back(conversation: Conversation, *, by: str) -> None:
    """Let the assistant answer again; nobody owns the conversation then."""
    held = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    take(held, None, by=by)
    Conversation.objects.filter(pk=held.pk).update(in_charge="assistant")
    emit("conversation.given_back", actor=by, contact=held.contact_id, conversation=held.pk)
