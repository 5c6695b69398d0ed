"""Files that customers send lie with the service; they are fetched after the message is here."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from samspill.channels.errors import Refused
from samspill.channels.fetch import Found
from samspill.channels.heard import Media
from samspill.channels.port import channel_of
from samspill.conversations.attach import NotAccepted, attach
from samspill.conversations.models import Attachment, Message
from samspill.conversations.receive import tell

MOST_FILES = 10


def fetch_media(message: int) -> None:
    """Fetch what a message came with; what cannot be taken is said beside it. Raises Unreachable."""
    held = Message.objects.select_related("conversation__inbox").get(pk=message)
    for at, kept in enumerate(held.extras.get("media", [])[:MOST_FILES]):
        if kept.get("problem") == "expected":
            _fetch(held, at, Media(**{name: kept.get(name, "") for name in ("id", "url", "name", "kind")}))


def _fetch(held: Message, at: int, media: Media) -> None:
    inbox = held.conversation.inbox
    channel: Any = channel_of(inbox)
    try:
        found: Found = channel.fetch(inbox, media)
        file = attach(SimpleUploadedFile(media.name or _name(found), found.content))
    except Refused as error:
        _settle(held, at, str(error).partition(":")[0])
    except NotAccepted:
        _settle(held, at, "kind")
    else:
        _settle(held, at, "", file)


@transaction.atomic
def _settle(held: Message, at: int, problem: str, file: Attachment | None = None) -> None:
    message = Message.objects.select_for_update(of=("self",)).get(pk=held.pk)
    rows = message.extras.get("media", [])
    if at >= len(rows) or rows[at].get("problem") != "expected":
        return  # fetched by another, or taken back meanwhile
    rows[at] = {**rows[at], "problem": problem}
    message.save(update_fields=["extras"])
    if file:
        Attachment.objects.filter(pk=file.pk).update(message=message)
    tell("message.changed", held.conversation, "system", message=held.pk)


def _name(found: Found) -> str:
    kind, _slash, form = found.kind.partition("/")
    return f"{kind}.{form}" if kind in ("image", "audio", "video") and form.isalnum() else "file"
