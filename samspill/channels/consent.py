"""Whether a contact wants to be written to by a channel; nobody is asked, STOP and START are answers."""

from samspill.channels.heard import OptedOut
from samspill.contacts.consent import record
from samspill.contacts.models import Consent, Contact, Identity
from samspill.conversations.models import Inbox, Message
from samspill.conversations.receive import open_conversation
from samspill.kit.events import emit

MESSAGES = "messages"  # being written to by this channel at all


def opted_out(contact: Contact, channel: str) -> bool:
    """True when the contact's latest answer was that he wants no more."""
    answers = Consent.objects.filter(contact=contact, purpose=MESSAGES, channel=channel)
    return answers.order_by("-id").values_list("given", flat=True).first() is False


def note_answer(inbox: Inbox, identity: Identity, opted: OptedOut) -> Message:
    """Keep the answer in the ledger, and the word in the conversation, where nobody answers it."""
    conversation = open_conversation(inbox, identity)
    message, created = Message.objects.get_or_create(
        conversation=conversation,
        external_id=opted.said.id[:200],
        defaults={
            "direction": Message.Direction.IN,
            "author": Message.Author.CONTACT,
            "text": opted.said.text,
            "delivery": Message.Delivery.DELIVERED,
        },
    )
    if created:
        record(identity.contact, MESSAGES, inbox.channel, given=opted.given, wording="word of the service")
        emit(
            "contact.opted_in" if opted.given else "contact.opted_out",
            actor=identity.contact.actor,
            contact=identity.contact_id,
            conversation=conversation.pk,
            message=message.pk,
        )
    return message
