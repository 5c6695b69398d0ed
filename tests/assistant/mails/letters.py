"""Mails as the channel brings them in: a message with its letter in a conversation of its own."""

from dataclasses import dataclass, field
from itertools import count

from samspill.assistant.models import PreparedReply
from samspill.assistant.take_turn import take_turn
from samspill.channels.models import Letter
from samspill.contacts.models import Identity
from samspill.contacts.recognise import recognise
from samspill.conversations.configure import add_inbox
from samspill.conversations.models import Conversation, Inbox, Message
from samspill.kit import clock
from samspill.kit.events import emit
from tests.world import World

_numbers = count(1)


def mailbox(world: World) -> Inbox:
    """The company's mailbox; the assistant answers it."""
    found = Inbox.objects.filter(channel="email").first()
    return found or add_inbox("email", "Post", by=world.astrid.actor)


@dataclass
class Thread:
    """What somebody writes to the company under one subject."""

    inbox: Inbox
    sender: Identity
    subject: str = "Question"
    proven: bool = True
    conversation: Conversation = field(init=False)

    def __post_init__(self) -> None:
        self.conversation = Conversation.objects.create(
            inbox=self.inbox,
            contact=self.sender.contact,
            identity=self.sender,
            subject=self.subject,
            threaded=True,
        )

    def hears(self, text: str, **facts: object) -> Message:
        """A mail arrives; nobody has read it yet."""
        message = Message.objects.create(
            conversation=self.conversation, direction="in", author="contact", text=text,
            external_id=f"mail-{next(_numbers)}", delivery="delivered",
        )  # fmt: skip
        Conversation.objects.filter(pk=self.conversation.pk).update(
            last_message_at=message.created_at, waiting_since=message.created_at
        )
        sender = {"address": self.sender.value, "name": self.sender.contact.name}
        given = {
            "kind": "human",
            "subject": self.subject,
            "sender": sender,
            "proven": self.proven,
            "date": clock.now(),
        }
        Letter.objects.create(message=message, **given | facts)
        emit(
            "message.received", actor=self.sender.contact.actor, contact=self.sender.contact_id,
            conversation=self.conversation.pk, message=message.pk,
        )  # fmt: skip
        return message

    def says(self, text: str, **facts: object) -> PreparedReply | None:
        """A mail arrives and is read; the reply prepared to it."""
        message = self.hears(text, **facts)
        take_turn(message.pk)
        return self.prepared(message)

    def prepared(self, message: Message) -> PreparedReply | None:
        return PreparedReply.objects.filter(message=message).first()

    def now(self) -> Conversation:
        return Conversation.objects.get(pk=self.conversation.pk)

    def sent(self) -> list[Message]:
        return list(self.conversation.messages.filter(direction="out").order_by("pk"))


def write_to(
    world: World, address: str, name: str = "", *, subject: str = "Question", proven: bool = True
) -> Thread:
    """Somebody begins to write."""
    return Thread(mailbox(world), recognise("email", address, name=name), subject, proven)
