"""What a card beside a message shows, when that changes after the message was said."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from samspill.conversations.models import Message
from samspill.conversations.receive import tell


@transaction.atomic
def redraw(message: Message, card: Mapping[str, Any]) -> bool:
    """The card beside this message shows these facts from now on; False where it does already, or has gone."""
    held = Message.objects.select_for_update(of=("self",)).select_related("conversation").get(pk=message.pk)
    if held.extras.get("card") in (None, dict(card)):
        return False
    held.extras = held.extras | {"card": dict(card)}
    held.save(update_fields=["extras"])
    tell("message.redrawn", held.conversation, "system", message=held.pk)
    return True
