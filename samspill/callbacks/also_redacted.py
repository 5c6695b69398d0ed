"""What somebody wants to be called about comes from a conversation: it is redacted along with it."""

from samspill.callbacks.models import Callback
from samspill.conversations.models import Conversation
from samspill.conversations.places import Change, register, rewrite


def topics(held: Conversation, change: Change) -> None:
    """The topics of callbacks that were asked for in this conversation."""
    for callback in Callback.objects.filter(conversation=held):
        rewrite(callback, change, "topic")


register(topics)
