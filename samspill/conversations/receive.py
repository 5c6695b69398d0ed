from collections.abc import Sequence

from django.db import IntegrityError, transaction

from samspill.contacts.models import Identity
from samspill.conversations.models import Attachment, Conversation, Inbox, Message
from samspill.kit import clock
from samspill.kit.events import emit

Status = Conversation.Status


@transaction.atomic(savepoint=False)
def receive(
    inbox: Inbox,
    identity: Identity,
    text: str,
    external_id: str,
    *,
    page: str = "",
    attachments: Sequence[Attachment] = (),
    extras: dict[str, object] | None = None,
) -> Message:
    """A contact's message joins the open conversation, or opens one. The same `external_id` arrives once."""
    conversation = open_conversation(inbox, identity, page=page)
    known = Message.objects.filter(conversation=conversation, external_id=external_id).first()
    if known:
        return known
    message = Message.objects.create(
        conversation=conversation,
        external_id=external_id,
        direction=Message.Direction.IN,
        author=Message.Author.CONTACT,
        text=text,
        delivery=Message.Delivery.DELIVERED,
        extras=extras or {},
    )
    _attach(message, attachments)
    _note_arrival(conversation, message)
    emit(
        "message.received",
        actor=identity.contact.actor,
        contact=conversation.contact_id,
        conversation=conversation.pk,
        message=message.pk,
    )
    return message


def open_conversation(inbox: Inbox, identity: Identity, *, page: str = "") -> Conversation:
    """The conversation this identity has open in this inbox, locked until the transaction ends."""
    mine = Conversation.objects.select_for_update(of=("self",)).exclude(status=Status.CLOSED)
    found = mine.filter(inbox=inbox, identity=identity).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return _open(inbox, identity, page)
    except IntegrityError:  # opened by a parallel delivery in this moment
        return mine.get(inbox=inbox, identity=identity)


def _open(inbox: Inbox, identity: Identity, page: str) -> Conversation:
    # not merged into another contact before this conversation can move along
    identity = Identity.objects.select_for_update().get(pk=identity.pk)
    in_charge = "assistant" if inbox.settings.get("assistant", True) else "person"
    conversation = Conversation.objects.create(
        inbox=inbox, contact=identity.contact, identity=identity, in_charge=in_charge, page=page[:400]
    )
    emit(
        "conversation.opened",
        actor=identity.contact.actor,
        contact=identity.contact_id,
        conversation=conversation.pk,
        inbox=inbox.pk,
    )
    return conversation


def _attach(message: Message, attachments: Sequence[Attachment]) -> None:
    if attachments:
        Attachment.objects.filter(pk__in=[a.pk for a in attachments], message=None).update(message=message)


def _note_arrival(conversation: Conversation, message: Message) -> None:
    conversation.last_message_at = message.created_at
    conversation.waiting_since = conversation.waiting_since or message.created_at
    conversation.status, conversation.snoozed_until = Status.OPEN, None
    conversation.save(update_fields=["last_message_at", "waiting_since", "status", "snoozed_until"])


def read_by_contact(conversation: Conversation, up_to: int) -> None:
    """The contact has seen our messages up to id `up_to`."""
    seen = Message.objects.filter(conversation=conversation, direction="out", pk__lte=up_to)
    if seen.exclude(delivery=Message.Delivery.READ).update(delivery=Message.Delivery.READ):
        emit(
            "message.read",
            actor=f"contact:{conversation.contact_id}",
            contact=conversation.contact_id,
            conversation=conversation.pk,
            up_to=up_to,
            at=clock.now().isoformat(),
        )
