from samspill.channels.heard import Echoed
from samspill.contacts.models import Identity
from samspill.conversations.models import Conversation, Inbox, Message
from samspill.conversations.receive import open_conversation
from samspill.kit.events import emit


def overhear(inbox: Inbox, identity: Identity, echoed: Echoed) -> Message:
    """Somebody of ours answered by the service's own app: it stands in the conversation and the assistant is silent."""
    conversation = open_conversation(inbox, identity)
    message, created = Message.objects.get_or_create(
        conversation=conversation,
        external_id=echoed.id[:200],
        defaults={
            "direction": Message.Direction.OUT,
            "author": Message.Author.AGENT,
            "text": echoed.text.strip(),
            "delivery": Message.Delivery.SENT,
            "extras": _extras(echoed),
        },
    )
    if created:
        _settle(conversation, message)
    return message


def _extras(echoed: Echoed) -> dict[str, object]:
    found = {"elsewhere": True, "kind": echoed.kind, "media": [media.kept() for media in echoed.media]}
    return {name: value for name, value in found.items() if value}


def _settle(conversation: Conversation, message: Message) -> None:
    conversation.in_charge = Conversation.InCharge.PERSON
    conversation.last_message_at, conversation.waiting_since = message.created_at, None
    conversation.save(update_fields=["in_charge", "last_message_at", "waiting_since"])
    emit(
        "message.sent",
        actor="system",
        contact=conversation.contact_id,
        conversation=conversation.pk,
        message=message.pk,
    )
