"""Messages that came at once: as `receive` takes in each, with few words to the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from samspill.contacts.models import Contact, Identity
from samspill.conversations.models import Conversation, Inbox, Message
from samspill.conversations.receive import as_thread, begun, from_contact, tell

WAKE = """
UPDATE samspill_conversation c SET status = 'open', snoozed_until = NULL, closed_at = NULL,
  last_message_at = m.last, waiting_since = coalesce(c.waiting_since, m.first) FROM
"""
TOUCH = "UPDATE samspill_conversation c SET last_message_at = m.last FROM"
THESE = """
(SELECT conversation_id, min(created_at) AS first, max(created_at) AS last FROM samspill_message
 WHERE id = ANY(%s) GROUP BY conversation_id) AS m WHERE c.id = m.conversation_id
"""


@dataclass(frozen=True)
class Thread:
    """A conversation that begins."""

    inbox: Inbox
    identity: Identity
    subject: str
    closed: bool


@dataclass(frozen=True)
class Said:
    """A message for a conversation that the caller's transaction holds; what does not `wake` it is only noticed."""

    conversation: Conversation
    identity: Identity
    text: str
    external_id: str
    extras: dict[str, object]
    inbox: Inbox
    wakes: bool

    @property
    def key(self) -> tuple[int, str]:
        """A conversation has each of them once."""
        return (self.conversation.pk, self.external_id)


@transaction.atomic(savepoint=False)
def open_threads(threads: Sequence[Thread]) -> list[Conversation]:
    """Begin conversations as `open_thread` does."""
    whose = _held_contacts([one.identity for one in threads])
    rows = [
        begun(one.inbox, one.identity, whose[one.identity.pk], **as_thread(one.subject, closed=one.closed))
        for one in threads
    ]
    for made in Conversation.objects.bulk_create(rows):
        tell("conversation.opened", made, made.contact.actor, inbox=made.inbox_id)
    return rows


@transaction.atomic(savepoint=False)
def join_all(said: Sequence[Said]) -> list[Message]:
    """Messages join their conversations, in order, as by `join` and `notice`; one that is there already is found."""
    known = _known(said)
    fresh = [one for one in said if one.key not in known]
    rows = [from_contact(one.conversation, one.text, one.external_id, one.extras, one.inbox) for one in fresh]
    Message.objects.bulk_create(rows)
    for one, message in zip(fresh, rows, strict=True):
        known[one.key] = message
        _tell_of(one, message)
    _move(WAKE, [known[one.key].pk for one in fresh if one.wakes])
    _move(TOUCH, [known[one.key].pk for one in fresh if not one.wakes])
    return [known[one.key] for one in said]


def _held_contacts(identities: Sequence[Identity]) -> dict[int, Contact]:
    """Whose each is; none of them is merged into another contact before the conversations can move along."""
    rows = Identity.objects.select_for_update().filter(pk__in={one.pk for one in identities}).order_by("pk")
    owners = dict(rows.values_list("pk", "contact_id"))
    moved = Contact.objects.in_bulk(
        [owners[one.pk] for one in identities if owners[one.pk] != one.contact_id]
    )
    return {one.pk: moved.get(owners[one.pk]) or one.contact for one in identities}


def _known(said: Sequence[Said]) -> dict[tuple[int, str], Message]:
    rows = Message.objects.filter(
        conversation__in={one.conversation.pk for one in said},
        external_id__in={one.external_id for one in said},
    )
    return {(one.conversation_id, one.external_id): one for one in rows}


def _tell_of(one: Said, message: Message) -> None:
    held, actor = one.conversation, one.identity.contact.actor
    if one.wakes and held.status == Conversation.Status.CLOSED:
        held.status, held.closed_at = Conversation.Status.OPEN, None
        tell("conversation.reopened", held, actor)
    tell("message.received" if one.wakes else "mail.noticed", held, actor, message=message.pk)


def _move(how: str, messages: list[int]) -> None:
    if messages:
        with connection.cursor() as cursor:
            cursor.execute(how + THESE, [messages])
