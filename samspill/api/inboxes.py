from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from samspill.api.conversations import MessageOut
from samspill.api.paging import After, Limit, Problem, page
from samspill.api.values import Email, Key, Pk, Text, words
from samspill.contacts.models import Identity
from samspill.contacts.recognise import recognise
from samspill.conversations.models import Inbox
from samspill.conversations.receive import receive

router = Router()


class InboxOut(Schema):
    """One mouth of a channel."""

    id: int
    channel: str
    name: str
    enabled: bool


class InboxPage(Schema):
    """A page of inboxes."""

    rows: list[InboxOut]
    next: int | None


class MessageIn(Schema):
    """What a contact said on an outside channel; `id` is that channel's own and makes a retry harmless."""

    email: Email
    id: Key
    text: Text
    name: Annotated[str, words(160)] = ""


@router.get("", response=InboxPage)
def inboxes(request: HttpRequest, after: After = 0, limit: Limit = 25) -> dict[str, Any]:
    """Inboxes, oldest first."""
    return page(Inbox.objects.all(), after, limit)


@router.post("/{pk}/messages", response={201: MessageOut, 404: Problem})
def receive_message(request: HttpRequest, pk: Pk, body: MessageIn) -> Status[Any]:
    """Bring in what a contact said elsewhere, into an inbox of channel `api`, once per `id`."""
    inbox = get_object_or_404(Inbox, pk=pk, channel="api", enabled=True)
    identity = recognise(Identity.Kind.EMAIL, body.email, name=body.name)
    return Status(201, receive(inbox, identity, body.text, f"api:{body.id}"))
