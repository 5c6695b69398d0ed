"""Many messages read at once: what lasts of them is written together."""

from collections.abc import Sequence
from operator import attrgetter

from django.db import transaction
from django.db.models import Q

from samspill.conversations import impression
from samspill.conversations.models import Conversation, Message
from samspill.conversations.understand import RECENT, Understood, take_in_mail, tell
from samspill.kit.once import reading_once

FIELDS = ("language", "sentiment", "mood", "urgency", "reading")


@reading_once()
def understand_mails(pks: Sequence[int]) -> None:
    """Read mails that nobody has read yet, and keep how, once for each; of each conversation the first alone, as
    what it was written in helps to read the next.
    """
    mails = Message.objects.filter(pk__in=pks).exclude(reading__has_key="by").order_by("-pk")
    firsts = {one.conversation_id: one for one in mails.select_related("conversation__contact")}
    unread = sorted(firsts.values(), key=attrgetter("pk"))
    before = _before(unread)
    _keep([(one, take_in_mail(one, before[one.pk], ())) for one in unread])


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
    Message.objects.bulk_update([message for message, _ in kept], FIELDS)
    touched = {message.conversation_id for message, _ in kept}
    Conversation.objects.bulk_update(
        [held[pk] for pk in sorted(touched)], ("language", "mood", "sentiment", "urgent", "trend")
    )
    for message, found in kept:
        tell(held[message.conversation_id], message, found)


def _note(held: Conversation, message: Message, found: Understood) -> None:
    message.reading = message.reading | (found.reading or {"by": "nobody"})
    message.language, message.mood = found.heard, found.mood
    message.sentiment, message.urgency = found.sentiment, found.urgency
    entry = impression.mark(message.pk, found.mood, found.sentiment, found.urgency, message.reading)
    held.language = found.spoken
    for name, value in impression.together(impression.along(held.trend, entry)).items():
        setattr(held, name, value)
