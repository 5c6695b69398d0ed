"""A person says how a message should have been read; its conversation follows."""

from django.db import transaction

from samspill.conversations import impression
from samspill.conversations.models import Conversation, Message
from samspill.kit.events import emit

SOUNDS = {"frustrated": -0.9, "impatient": -0.5, "neutral": 0.0, "satisfied": 0.9}  # sentiment of a class


@transaction.atomic
def read_as(
    message: Message, *, language: str = "", mood: str = "", urgent: bool | None = None, by: str
) -> None:
    """The message is of this language, mood or urgency from now on, whatever was heard."""
    changes: dict[str, object] = {}
    if language:
        changes["language"] = language
    if mood:
        changes |= {"mood": mood, "sentiment": SOUNDS[mood]}
    if urgent is not None:
        changes["urgency"] = 1.0 if urgent else 0.0
    _change(message, changes, by)


@transaction.atomic
def read_as_heard(message: Message, what: str, before: str, *, by: str) -> None:
    """Language, mood or urgency of the message is again what it was `before` a person said otherwise."""
    scores = message.reading.get("scores") or {}
    moods = {"mood": before, "sentiment": _heard_sentiment(scores)}
    urgency = {"urgency": message.reading.get("urgency")}
    _change(message, {"language": {"language": before}, "mood": moods, "urgency": urgency}[what], by)


def _heard_sentiment(scores: dict[str, float]) -> float | None:
    if not scores:
        return None
    return round(scores["satisfied"] - scores["frustrated"] - scores["impatient"], 3)


def _change(message: Message, changes: dict[str, object], by: str) -> None:
    held = Conversation.objects.select_for_update(of=("self",)).get(pk=message.conversation_id)
    Message.objects.filter(pk=message.pk).update(**changes)
    message.refresh_from_db()
    entry = impression.mark(message.pk, message.mood, message.sentiment, message.urgency, message.reading)
    known = any(one["message"] == message.pk for one in held.trend)
    trend = impression.along(held.trend, entry) if known or len(held.trend) < impression.KEPT else held.trend
    facts = impression.together(trend)
    if "language" in changes and _is_latest(message):
        facts["language"] = message.language
    Conversation.objects.filter(pk=held.pk).update(**facts)
    emit(
        "message.reread",
        actor=by,
        contact=held.contact_id,
        conversation=held.pk,
        message=message.pk,
        changed=sorted(changes),
    )


def _is_latest(message: Message) -> bool:
    """No later message of the contact says in which language we speak."""
    later = Message.objects.filter(conversation=message.conversation_id, author="contact", pk__gt=message.pk)
    return not later.exclude(language__in=("", "und")).exists()
