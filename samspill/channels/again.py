"""What did not go out is sent again."""

from django.db import transaction

from samspill.conversations.models import Dispatch, Message
from samspill.kit.events import emit

State = Dispatch.State


@transaction.atomic
def send_again(dispatch: Dispatch, *, by: str) -> bool:
    """Let a message that failed try once more; False where it no longer stands as failed."""
    failed = Dispatch.objects.filter(pk=dispatch.pk, state=State.FAILED)
    if not failed.update(state=State.WAITING, error="", attempts=0):
        return False
    Message.objects.filter(pk=dispatch.message_id).update(delivery=Message.Delivery.STORED)
    _ask(dispatch.message, by)
    return True


@transaction.atomic
def send_waiting(inbox: int) -> int:
    """After an outage everything that waits in an inbox is asked for again; returns how much."""
    waiting = Dispatch.objects.filter(inbox=inbox, state=State.WAITING).order_by("pk")
    for dispatch in waiting.select_related("message__conversation"):
        _ask(dispatch.message, "system")
    return len(waiting)


def _ask(message: Message, by: str) -> None:
    conversation = message.conversation
    emit(
        "dispatch.asked",
        actor=by,
        contact=conversation.contact_id,
        conversation=conversation.pk,
        message=message.pk,
    )
