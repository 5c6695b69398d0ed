"""Conversations as the panel draws them."""

from typing import Any

from samspill.conversations.models import Attachment, Conversation, Message
from samspill.surveys.models import Survey

BESIDE = ("sources", "choices", "card", "asks", "value")


def message(shown: Message) -> dict[str, Any]:
    """One message, without anything that only agents may see."""
    return {
        "id": shown.pk,
        "key": shown.external_id if shown.author == Message.Author.CONTACT else "",
        "from": shown.author,
        "name": shown.agent.name if shown.agent else "",
        "text": shown.text,
        "language": shown.language,
        "at": shown.created_at.isoformat(),
        "by": shown.inbox.channel if shown.inbox else "",
        "state": "read" if shown.delivery == Message.Delivery.READ else "sent",
        "attachments": [attachment(file) for file in shown.attachments.all()],
        **{name: shown.extras[name] for name in BESIDE if name in shown.extras},
    }


def attachment(file: Attachment) -> dict[str, Any]:
    """One file; its address is unguessable."""
    return {
        "key": file.key,
        "name": file.name,
        "kind": file.kind,
        "size": file.size,
        "url": f"/widget/file/{file.key}",
    }


def conversation(shown: Conversation) -> dict[str, Any]:
    """How the conversation stands."""
    return {
        "id": shown.pk,
        "closed": shown.status == Conversation.Status.CLOSED,
        "in_charge": shown.in_charge,
        "agent": shown.assignee.name if shown.assignee else "",
    }


def survey(shown: Survey) -> dict[str, Any]:
    """The question how it went."""
    return {"id": shown.pk, "about": shown.about, "answered": shown.answered_at is not None}
