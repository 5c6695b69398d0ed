from datetime import datetime

from samspill.channels.models import Letter
from samspill.conversations.models import Message


def write_letter(message: Message, subject: str, at: datetime, **more: str) -> None:
    """What a message of the sample company has besides its text because it was a mail; notes are none."""
    if message.direction == Message.Direction.NOTE:
        return
    held = message.conversation
    customer = {"address": held.identity.value, "name": held.contact.name}
    ours = {"address": held.inbox.name, "name": ""}
    comes = message.direction == Message.Direction.IN
    Letter.objects.create(
        message=message,
        kind="human",
        subject=subject if comes else f"Re: {subject}",
        sender=customer if comes else ours,
        to=[ours if comes else customer],
        date=at,
        proven=comes,
        **more,
    )
