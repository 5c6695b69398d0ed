from django.db.models import F, Value
from django.db.models.functions import Coalesce

from samspill.conversations.models import Conversation, Message
from samspill.kit import clock
from samspill.kit.events import emit


def undelivered(
    held: Conversation, text: str, external_id: str, *, extras: dict[str, object], raise_again: bool
) -> Message:
    """A report on what we sent stands in a conversation that the caller's transaction holds.

    With `raise_again` it comes back to people, because the contact has not been answered.
    """
    message, created = Message.objects.get_or_create(
        conversation=held,
        external_id=external_id,
        defaults={
            "direction": Message.Direction.NOTE,
            "author": Message.Author.SYSTEM,
            "text": text,
            "extras": extras,
        },
    )
    if created and raise_again:
        Conversation.objects.filter(pk=held.pk).update(
            status=Conversation.Status.OPEN,
            in_charge=Conversation.InCharge.PERSON,
            waiting_since=Coalesce(F("waiting_since"), Value(clock.now())),
            closed_at=None,
            snoozed_until=None,
        )
    if created:
        where = {"contact": held.contact_id, "conversation": held.pk}
        emit("mail.noticed", actor="system", message=message.pk, **where)
    return message
