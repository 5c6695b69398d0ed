from django.db import transaction

from samspill.conversations.models import Dispatch, Message
from samspill.kit.events import emit

State = Dispatch.State


@transaction.atomic
def send_again(message: Message, *, by: str) -> bool:
    """Try once more to deliver a message that failed, as the same message; False where it has not failed."""
    failed = Dispatch.objects.filter(message=message, state=State.FAILED)
    if not failed.update(state=State.WAITING, error="", attempts=0):
        return False
    Message.objects.filter(pk=message.pk).update(delivery=Message.Delivery.STORED)
    conversation = message.conversation
    emit(
        "dispatch.asked",
        actor=by,
        contact=conversation.contact_id,
        conversation=conversation.pk,
        message=message.pk,
    )
    return True
