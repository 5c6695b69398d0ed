"""By which inbox, and to whom, a message of ours goes."""

from samspill.channels.port import channel_of
from samspill.contacts.models import Identity
from samspill.conversations.models import Inbox, Message


def route(message: Message) -> tuple[Inbox, Identity] | None:
    """The inbox and the address; None where the reader fetches by himself."""
    conversation = message.conversation
    if message.direction != Message.Direction.OUT or "within" in message.extras:
        return None
    if channel_of(conversation.inbox) is not None:
        return conversation.inbox, conversation.identity
    if message.inbox and channel_of(message.inbox) is not None:  # a chat that goes on by mail: see follow.py
        return message.inbox, message.dispatch.identity
    return None
