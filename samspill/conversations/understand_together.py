"""Many messages read at once: what lasts of them is written together."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from samspill.conversations import impression
from samspill.conversations.models import Conversation, Message
from samspill.conversations.understand import RECENT, Understood, take_in_mail, tell
from samspill.kit.events import gathering
from samspill.kit.once import reading_once
from samspill.kit.rows import set_columns

MESSAGE = {
    "language": "text", "sentiment": "float8", "mood": "text", "urgency": "float8", "reading": "jsonb",
}  # fmt: skip
CONVERSATION = {
    "language": "text", "mood": "text", "sentiment": "float8", "urgent": "boolean", "trend": "jsonb",
}  # fmt: skip


@reading_once()
def understand_mails(pks: Sequence[int]) -> None:
    """Read mails that nobody has read yet, and keep how, once for each; of each conversation one after the other, as
    what the first was written in helps to read the next.
    """
    rest = list(pks)
    while rest:
        rest = _understand_first(rest)


def _understand_first(pks: Sequence[int]) -> list[int]:
    """Read the first unread mail of each conversation; the others are left for another round."""
    mails = Message.objects.filter(pk__in=pks).exclude(reading__has_key="by").order_by("pk")
    firsts: dict[int, Message] = {}
    for one in mails.select_related("conversation__contact"):
        firsts.setdefault(one.conversation_id, one)
    unread = list(firsts.values())
    before = _before(unread)
    _keep([(one, take_in_mail(one, before[one.pk], ())) for one in unread])
    read = {one.pk for one in unread}
    return [pk for pk in pks if pk not in read] if unread else []


def _before(mails: Sequence[Message]) -> dict[int, list[Message]]:
    """The last messages before each, the oldest first."""
    threads = Q(conversation__in={one.conversation_id for one in mails})
    said = Message.objects.filter(threads).exclude(direction="note").order_by("pk").defer("text", "extras")
    of: dict[int, list[Message]] = {}
    for one in said:
        of.setdefault(one.conversation_id, []).append(one)
    return {
        one.pk: [other for other in of[one.conversation_id] if other.pk < one.pk][-RECENT:] for one in mails
    }


@transaction.atomic
def _keep(read: Sequence[tuple[Message, Understood]]) -> None:
    """As `keep` does for one: the conversations are held, so that what another kept meanwhile is seen."""
    wanted = {message.conversation_id for message, _ in read}
    held = {
        one.pk: one for one in Conversation.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    }
    unread = Message.objects.filter(pk__in=[message.pk for message, _ in read])
    fresh = set(unread.exclude(reading__has_key="by").values_list("pk", flat=True))
    kept = [(message, found) for message, found in read if message.pk in fresh]
    for message, found in kept:
        _note(held[message.conversation_id], message, found)
    touched = {message.conversation_id for message, _ in kept}
    set_columns("samspill_message", MESSAGE, [_row(message, MESSAGE) for message, _ in kept])
    set_columns(
        "samspill_conversation", CONVERSATION, [_row(held[pk], CONVERSATION) for pk in sorted(touched)]
    )
    with gathering():
        for message, found in kept:
            tell(held[message.conversation_id], message, found)


def _row(of: Message | Conversation, columns: Mapping[str, str]) -> tuple[Any, ...]:
    values = ((getattr(of, name), kind) for name, kind in columns.items())
    return (of.pk, *(json.dumps(value) if kind == "jsonb" else value for value, kind in values))


def _note(held: Conversation, message: Message, found: Understood) -> None:
    message.reading = message.reading | (found.reading or {"by": "nobody"})
    message.language, message.mood = found.heard, found.mood
    message.sentiment, message.urgency = found.sentiment, found.urgency
    entry = impression.mark(message.pk, found.mood, found.sentiment, found.urgency, message.reading)
    held.language = found.spoken
    for name, value in impression.together(impression.along(held.trend, entry)).items():
        setattr(held, name, value)
