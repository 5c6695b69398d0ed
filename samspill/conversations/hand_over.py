from django.db import transaction

from samspill.conversations.models import Conversation, Handover
from samspill.kit import clock
from samspill.kit.events import emit


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
def give_back(conversation: Conversation, *, by: str) -> None:
    """Let the assistant answer again; nobody owns the conversation then."""
    from samspill.conversations.assign import take

    held = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    take(held, None, by=by)
    Conversation.objects.filter(pk=held.pk).update(in_charge="assistant")
    emit("conversation.given_back", actor=by, contact=held.contact_id, conversation=held.pk)
