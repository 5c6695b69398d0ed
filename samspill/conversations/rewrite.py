"""What a contact does to a message after it was sent: in the outside service, and so here."""

from django.db import transaction

from samspill.conversations.models import Message
from samspill.kit import clock
from samspill.kit.events import emit

MOST_EARLIER = 10


@transaction.atomic
def rewrite(message: Message, text: str) -> None:
    """The message has another text; the earlier ones are kept beside it."""
    held = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if held.deleted_at or held.text == text:
        return
    earlier = [*held.extras.get("history", []), held.text][-MOST_EARLIER:]
    held.extras = held.extras | {"history": earlier}
    held.text, held.edited_at = text, clock.now()
    held.save(update_fields=["text", "extras", "edited_at"])
    _tell(held, "message.edited")


@transaction.atomic
def take_back(message: Message) -> None:
    """The contact deleted the message: its text, its earlier texts and its files are gone from here too."""
    held = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if held.deleted_at:
        return
    held.text, held.extras, held.reading, held.deleted_at = "", {}, {}, clock.now()
    held.save(update_fields=["text", "extras", "reading", "deleted_at"])
    held.attachments.all().delete()
    _tell(held, "message.deleted")


@transaction.atomic
def react(message: Message, emoji: str) -> None:
    """The contact put a face on the message, or took it away."""
    held = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if held.extras.get("reaction", "") == emoji:
        return
    held.extras = {name: value for name, value in held.extras.items() if name != "reaction"}
    held.extras |= {"reaction": emoji[:16]} if emoji else {}
    held.save(update_fields=["extras"])
    _tell(held, "message.changed")


def _tell(held: Message, kind: str) -> None:
    conversation = held.conversation
    emit(
        kind,
        actor=conversation.contact.actor,
        contact=conversation.contact_id,
        conversation=conversation.pk,
        message=held.pk,
    )
