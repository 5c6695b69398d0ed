"""The contact form: what somebody writes there begins a conversation that is answered by mail."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from samspill.contacts.consent import SERVICE, record
from samspill.contacts.models import Identity
from samspill.contacts.recognise import recognise
from samspill.conversations.models import Attachment, Inbox, Message
from samspill.conversations.receive import join, open_thread


@dataclass(frozen=True)
class Filled:
    """What somebody has filled in. `key` is made for the visit: the same one is sent once."""

    key: str
    name: str
    email: str
    topic: str
    text: str
    language: str
    order: str = ""

    @property
    def words(self) -> str:
        """The message, with the order number where the text does not name it."""
        return f"{self.text}\n\n{self.order}" if self.order and self.order not in self.text else self.text

    @property
    def external_id(self) -> str:
        """What the conversation and its first message are known by."""
        return f"form:{self.key}"


def inbox_for_forms() -> Inbox | None:
    """The mailbox that answers forms; None where there is none, so that nobody could answer."""
    return Inbox.objects.filter(channel="email", enabled=True).order_by("pk").first()


def write(inbox: Inbox, filled: Filled, attachments: Sequence[Attachment] = ()) -> Message:
    """Begin a conversation with what somebody wrote in the form.

    The address is not proven: answers go there, but nothing is shown that belongs to its owner.
    """
    known = Message.objects.filter(conversation__inbox=inbox, external_id=filled.external_id)
    try:
        return known.first() or _begin(inbox, filled, attachments)
    except IntegrityError:  # sent twice in this moment
        return known.get()


@transaction.atomic
def _begin(inbox: Inbox, filled: Filled, attachments: Sequence[Attachment]) -> Message:
    identity = recognise(Identity.Kind.EMAIL, filled.email, name=filled.name, language=filled.language)
    held = open_thread(inbox, identity, subject=filled.topic)
    held.external_id, held.language = filled.external_id, filled.language
    held.save(update_fields=["external_id", "language"])
    record(identity.contact, SERVICE, "form", given=True)
    extras: dict[str, object] = {"form": {"name": filled.name, "order": filled.order}}
    return join(held, identity, filled.words, filled.external_id, attachments=attachments, extras=extras)
