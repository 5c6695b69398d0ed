from datetime import datetime

from django.db import transaction

from samspill.conversations.models import Conversation
from samspill.kit import clock
from samspill.kit.events import emit

Status = Conversation.Status
IDLE_MINUTES = 30


@transaction.atomic
def close(conversation: Conversation, *, by: str) -> bool:
    """End the conversation; what the contact writes next opens a new one. False when it was closed."""
    changed = (
        Conversation.objects.filter(pk=conversation.pk)
        .exclude(status=Status.CLOSED)
        .update(status=Status.CLOSED, closed_at=clock.now(), waiting_since=None, snoozed_until=None)
    )
    if changed:
        _tell("conversation.closed", conversation, by)
    return bool(changed)


@transaction.atomic
def reopen(conversation: Conversation, *, by: str) -> bool:
    """Open it again; False when the contact has opened another one since (there is one open chat at most)."""
    held = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    others = Conversation.objects.filter(inbox=held.inbox_id, identity=held.identity_id, threaded=False)
    if held.status == Status.CLOSED and not held.threaded and others.exclude(status=Status.CLOSED).exists():
        return False
    if held.status != Status.OPEN:
        Conversation.objects.filter(pk=held.pk).update(status=Status.OPEN, closed_at=None, snoozed_until=None)
        _tell("conversation.reopened", held, by)
    return True


@transaction.atomic
def snooze(conversation: Conversation, until: datetime, *, by: str) -> None:
    """Put the conversation away until a moment, or until the contact writes."""
    still_open = Conversation.objects.filter(pk=conversation.pk).exclude(status=Status.CLOSED)
    if still_open.update(status=Status.SNOOZED, snoozed_until=until):
        _tell("conversation.snoozed", conversation, by, until=until.isoformat())


def wake_due() -> int:
    """Bring back every conversation whose snooze has run out; returns how many."""
    due = Conversation.objects.filter(status=Status.SNOOZED, snoozed_until__lte=clock.now())
    return sum(reopen(conversation, by="system") for conversation in due)


def close_idle() -> int:
    """End what the assistant answered and nobody came back to, so that the contact is asked how it went."""
    idle = Conversation.objects.filter(
        status=Status.OPEN,
        in_charge=Conversation.InCharge.ASSISTANT,
        waiting_since=None,
        last_message_at__lt=clock.ago(minutes=IDLE_MINUTES),
    )
    return sum(close(conversation, by="system") for conversation in idle)


def _tell(kind: str, conversation: Conversation, by: str, **data: object) -> None:
    emit(kind, actor=by, contact=conversation.contact_id, conversation=conversation.pk, **data)
