from collections.abc import Sequence

from django.db import IntegrityError, transaction

from samspill.contacts.models import Contact, Identity
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
    return join(conversation, identity, text, external_id, attachments=attachments, extras=extras)


def join(
    held: Conversation,
    identity: Identity,
    text: str,
    external_id: str,
    *,
    attachments: Sequence[Attachment] = (),
    extras: dict[str, object] | None = None,
    inbox: Inbox | None = None,
) -> Message:
    """A message joins a conversation that the caller's transaction holds, and wakes or reopens it.

    `inbox` is named where it came by another one than the conversation's.
    """
    known = Message.objects.filter(conversation=held, external_id=external_id).first()
    if known:
        return known
    message = _keep(held, text, external_id, attachments, extras, inbox)
    _reopened(held, identity)
    _note_arrival(held, message)
    tell("message.received", held, identity.contact.actor, message=message.pk)
    return message


def notice(
    held: Conversation,
    identity: Identity,
    text: str,
    external_id: str,
    *,
    attachments: Sequence[Attachment] = (),
    extras: dict[str, object] | None = None,
    inbox: Inbox | None = None,
) -> Message:
    """What a program wrote on somebody's behalf stands in the conversation; nobody need answer, nothing wakes."""
    known = Message.objects.filter(conversation=held, external_id=external_id).first()
    if known:
        return known
    message = _keep(held, text, external_id, attachments, extras, inbox)
    Conversation.objects.filter(pk=held.pk).update(last_message_at=message.created_at)
    tell("mail.noticed", held, identity.contact.actor, message=message.pk)
    return message


def _keep(
    held: Conversation,
    text: str,
    external_id: str,
    attachments: Sequence[Attachment],
    extras: dict[str, object] | None,
    inbox: Inbox | None,
) -> Message:
    message = from_contact(held, text, external_id, extras, inbox)
    message.save(force_insert=True)
    _attach(message, attachments)
    return message


def from_contact(
    held: Conversation, text: str, external_id: str, extras: dict[str, object] | None, inbox: Inbox | None
) -> Message:
    """A contact's message as it will be kept."""
    return Message(
        conversation=held,
        external_id=external_id,
        direction=Message.Direction.IN,
        author=Message.Author.CONTACT,
        text=text,
        delivery=Message.Delivery.DELIVERED,
        extras=extras or {},
        inbox=inbox if inbox and inbox.pk != held.inbox_id else None,
    )


def open_conversation(inbox: Inbox, identity: Identity, *, page: str = "") -> Conversation:
    """The conversation this identity has open in this inbox, locked until the transaction ends."""
    mine = Conversation.objects.select_for_update(of=("self",)).exclude(status=Status.CLOSED)
    found = mine.filter(inbox=inbox, identity=identity, threaded=False).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return _open(inbox, identity, page)
    except IntegrityError:  # opened by a parallel delivery in this moment
        return mine.get(inbox=inbox, identity=identity, threaded=False)


def open_thread(inbox: Inbox, identity: Identity, *, subject: str = "", closed: bool = False) -> Conversation:
    """Begin another conversation of this identity, beside those it has open; the thread tells them apart.

    `closed` is for what nobody need look at, as a newsletter: it is kept, and found where one looks for it.
    """
    return _open(inbox, identity, "", **as_thread(subject, closed=closed))


def as_thread(subject: str, *, closed: bool) -> dict[str, object]:
    """How a conversation begins that stands beside others of the same identity."""
    ended = {"status": Status.CLOSED, "closed_at": clock.now()} if closed else {}
    return {"subject": subject[:200], "threaded": True, **ended}


def _open(inbox: Inbox, identity: Identity, page: str, **more: object) -> Conversation:
    # not merged into another contact before this conversation can move along
    moved = Identity.objects.select_for_update().values_list("contact_id", flat=True).get(pk=identity.pk)
    contact = identity.contact if moved == identity.contact_id else Contact.objects.get(pk=moved)
    conversation = begun(inbox, identity, contact, page=page[:400], **more)
    conversation.save(force_insert=True)
    tell("conversation.opened", conversation, contact.actor, inbox=inbox.pk)
    return conversation


def begun(inbox: Inbox, identity: Identity, contact: Contact, **more: object) -> Conversation:
    """A conversation as it will be opened."""
    in_charge = "assistant" if inbox.settings.get("assistant", True) else "person"
    return Conversation(inbox=inbox, contact=contact, identity=identity, in_charge=in_charge, **more)


def _attach(message: Message, attachments: Sequence[Attachment]) -> None:
    if attachments:
        Attachment.objects.filter(pk__in=[a.pk for a in attachments], message=None).update(message=message)


def _reopened(held: Conversation, identity: Identity) -> None:
    if held.status == Status.CLOSED:
        held.closed_at = None
        tell("conversation.reopened", held, identity.contact.actor)


def _note_arrival(conversation: Conversation, message: Message) -> None:
    conversation.last_message_at = message.created_at
    conversation.waiting_since = conversation.waiting_since or message.created_at
    conversation.status, conversation.snoozed_until = Status.OPEN, None
    conversation.save(
        update_fields=["last_message_at", "waiting_since", "status", "snoozed_until", "closed_at"]
    )


def tell(kind: str, conversation: Conversation, actor: str, **facts: object) -> None:
    """Say what became of a conversation and its contact, in the caller's transaction."""
    emit(kind, actor=actor, contact=conversation.contact_id, conversation=conversation.pk, **facts)


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
