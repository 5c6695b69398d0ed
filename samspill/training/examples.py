"""The sentences the model learns from: corrected, written, moved, thrown away and taken back."""

from django.db import transaction

from samspill.conversations.models import Conversation, Message
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.knowledge.models import Gap
from samspill.training.errors import Measures, NothingToLearn
from samspill.training.golden import is_golden
from samspill.training.labels import intent_for
from samspill.training.models import Example, Intent
from samspill.training.read import language_of
from samspill.training.sentence import fingerprint, keep
from samspill.workspace.models import Agent

Origin = Example.Origin
UNKNOWN = "und"


@transaction.atomic
def learn_from(message: Message, label: str, by: Agent) -> Example:
    """A customer's message meant `label`: it is a training row at once, and read so from now on.

    Raises UnknownIntent; NothingToLearn where nothing but personal data was said; Measures for a golden sentence.
    """
    intent = intent_for(label)
    example = _put(message.text, intent, Origin.DESK, by, language=message.language, message=message)
    _tell("example.learned", example, by, intent=intent.pk)
    Message.objects.filter(pk=message.pk).update(
        reading=message.reading | {"intent": intent.name, "corrected": True}
    )
    Conversation.objects.filter(pk=message.conversation_id).update(intent=intent.name)
    return example


@transaction.atomic
def learn_from_gap(gap: Gap, label: str, by: Agent) -> int:
    """Unanswered questions were about `label`; returns how many of them the model learns from."""
    intent, learned = intent_for(label), set()
    for question in gap.questions.order_by("pk")[:200]:
        if any(sign.isalnum() for sign in question.text) and not is_golden(question.text):
            example = _put(question.text, intent, Origin.GAP, by, language=question.language)
            learned.add(example.pk)
    emit("gap.learned", actor=by.actor, gap=gap.pk, intent=intent.pk, examples=len(learned))
    return len(learned)


@transaction.atomic
def add(text: str, label: str, by: Agent, *, language: str = "") -> Example:
    """Teach a sentence written by hand; one that is known moves to this intent."""
    intent = intent_for(label)
    example = _put(text, intent, Origin.HAND, by, language=language)
    _tell("example.learned", example, by, intent=intent.pk)
    return example


@transaction.atomic
def move(example: Example, label: str, by: Agent) -> None:
    """A sentence means something else, or was without an intent."""
    intent = intent_for(label)
    Example.objects.filter(pk=example.pk).update(intent=intent, suggested="", dropped_at=None, by=by)
    _tell("example.learned", example, by, intent=intent.pk)


@transaction.atomic
def loosen(example: Example, by: Agent) -> None:
    """Take a sentence out of its intent; it waits for one again, the former as a suggestion."""
    held = Example.objects.select_for_update(of=("self",)).select_related("intent").get(pk=example.pk)
    name = held.intent.name if held.intent else held.suggested
    Example.objects.filter(pk=held.pk).update(intent=None, suggested=name)
    _tell("example.loosened", held, by)


@transaction.atomic
def drop(example: Example, by: Agent) -> None:
    """Throw a sentence away; the same sentence in another history does not bring it back."""
    if Example.objects.filter(pk=example.pk, dropped_at=None).update(dropped_at=clock.now()):
        _tell("example.dropped", example, by)


@transaction.atomic
def restore(example: Example, by: Agent) -> None:
    """Take a sentence back that was thrown away."""
    if Example.objects.filter(pk=example.pk).exclude(dropped_at=None).update(dropped_at=None):
        _tell("example.restored", example, by)


def _put(
    text: str, intent: Intent, origin: str, by: Agent, *, language: str, message: Message | None = None
) -> Example:
    kept = keep(text)
    if not any(sign.isalnum() for sign in kept):
        raise NothingToLearn
    if is_golden(kept):
        raise Measures
    known = language if language and language != UNKNOWN else language_of(kept)
    facts = {"intent": intent, "suggested": "", "dropped_at": None, "by": by, "origin": origin}
    fresh = {"text": kept, "language": known, "message": message}
    return Example.objects.update_or_create(
        text_hash=fingerprint(kept), defaults=facts, create_defaults=facts | fresh
    )[0]


def _tell(kind: str, example: Example, by: Agent, **facts: int) -> None:
    emit(kind, actor=by.actor, example=example.pk, **facts)


@transaction.atomic
def accept_suggested(label: str, by: Agent) -> int:
    """Every sentence that waits with this suggestion gets the intent; returns how many."""
    intent = intent_for(label)
    waiting = Example.objects.filter(intent=None, dropped_at=None, suggested=label)
    number = waiting.update(intent=intent, suggested="", by=by)
    if number:
        emit("example.learned", actor=by.actor, intent=intent.pk, examples=number)
    return number
