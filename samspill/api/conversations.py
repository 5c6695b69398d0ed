from datetime import datetime
from typing import Any, Literal

from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from samspill.api.paging import MOST_ID, After, Limit, Problem, page
from samspill.api.values import Key, Pk, Text
from samspill.conversations.close import close, reopen
from samspill.conversations.errors import Collision
from samspill.conversations.models import Conversation, Message
from samspill.conversations.reply import reply

router = Router()
State = Literal["", "open", "snoozed", "closed"]


class ConversationOut(Schema):
    """One thread; `mood` and `urgent` are impressions of its last messages, '' where nothing was heard."""

    id: int
    contact: int = Field(alias="contact_id")
    inbox: int = Field(alias="inbox_id")
    status: str
    in_charge: str
    language: str
    mood: str
    urgent: bool
    subject: str
    summary: str
    assignee: int | None = Field(alias="assignee_id")
    team: int | None = Field(alias="team_id")
    created_at: datetime
    last_message_at: datetime


class ConversationPage(Schema):
    """A page of conversations."""

    rows: list[ConversationOut]
    next: int | None


class MessageOut(Schema):
    """One utterance or note; `mood` and `urgency` (0 to 1) are impressions of a contact's words."""

    id: int
    direction: str
    author: str
    text: str
    language: str
    mood: str
    urgency: float | None
    delivery: str
    created_at: datetime


class MessagePage(Schema):
    """A page of messages."""

    rows: list[MessageOut]
    next: int | None


class ReplyIn(Schema):
    """An answer in the name of the token's agent; `seen` is the last message the writer has read."""

    id: Key
    text: Text
    seen: int = Field(0, ge=0, le=MOST_ID)
    anyway: bool = False


class StatusIn(Schema):
    """Open or closed."""

    status: Literal["open", "closed"]


@router.get("", response=ConversationPage)
def conversations(
    request: HttpRequest, after: After = 0, limit: Limit = 25, status: State = ""
) -> dict[str, Any]:
    """Conversations, oldest first."""
    rows = Conversation.objects.all()
    return page(rows.filter(status=status) if status else rows, after, limit)


@router.get("/{pk}", response={200: ConversationOut, 404: Problem})
def conversation(request: HttpRequest, pk: Pk) -> Conversation:
    """One conversation."""
    return get_object_or_404(Conversation, pk=pk)


@router.get("/{pk}/messages", response={200: MessagePage, 404: Problem})
def messages(request: HttpRequest, pk: Pk, after: After = 0, limit: Limit = 50) -> dict[str, Any]:
    """The messages of a conversation, notes included, oldest first."""
    return page(_messages(get_object_or_404(Conversation, pk=pk)), after, limit)


@router.post("/{pk}/messages", response={201: MessageOut, 404: Problem, 409: Problem})
def answer(request: HttpRequest, pk: Pk, body: ReplyIn) -> Status[Any]:
    """Answer; 409 when somebody else answered meanwhile or owns the conversation, unless `anyway`."""
    found = get_object_or_404(Conversation, pk=pk)
    agent = request.auth.created_by  # type: ignore[attr-defined]
    try:
        return Status(
            201, reply(found, agent, body.text, f"api:{body.id}", seen=body.seen, anyway=body.anyway)
        )
    except Collision as collision:
        return Status(409, {"detail": f"{collision.kind}: another agent is at work here."})


@router.patch("/{pk}", response={200: ConversationOut, 404: Problem, 409: Problem})
def change(request: HttpRequest, pk: Pk, body: StatusIn) -> Any:
    """Close or reopen; 409 when the contact has another conversation open."""
    found = get_object_or_404(Conversation, pk=pk)
    by = f"token:{request.auth.pk}"  # type: ignore[attr-defined]
    if body.status == "closed":
        close(found, by=by)
    elif not _reopened(found, by):
        return Status(409, {"detail": "The contact has another conversation open."})
    found.refresh_from_db()
    return found


def _reopened(conversation: Conversation, by: str) -> bool:
    try:
        return reopen(conversation, by=by)
    except IntegrityError:
        return False


def _messages(conversation: Conversation) -> QuerySet[Message]:
    return Message.objects.filter(conversation=conversation)
