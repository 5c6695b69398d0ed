"""How a message is read: asked once of the text model, kept once, on the message and in its conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db import transaction

from samspill.conversations import impression
from samspill.conversations.models import Conversation, Message
from samspill.intelligence.client import EncoderClient
from samspill.intelligence.encoder import Vectors
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.language import UNKNOWN, detect
from samspill.intelligence.mood import Reading, Reason, read_without_model
from samspill.intelligence.wire import Analysis
from samspill.kit import languages
from samspill.kit.events import emit
from samspill.workspace.current import workspace

RECENT = 6
SURE = 0.5  # below this a message does not change the language of a conversation


@dataclass(frozen=True)
class Understood:
    """One message as it was read; `vector` is None and the mood empty while the text model is away."""

    heard: str  # language of this message, or "und"
    spoken: str  # language we speak from now on
    mood: str = ""
    sentiment: float | None = None  # -1 … 1
    urgency: float | None = None  # 0 … 1
    reading: dict[str, Any] | None = None
    vector: Vectors | None = None
    parts: Vectors | None = None  # of the sentences that were asked about


@lru_cache
def models() -> EncoderClient:
    """The text model; what takes longer than a second is as good as away."""
    return EncoderClient(
        settings.MODELS_SOCKET, timeout=settings.MODELS_QUICK_S, encoder_name=str(settings.ENCODER.name)
    )


@lru_cache
def patient() -> EncoderClient:
    """The text model for mails: nobody watches while they are read, so it may take its time."""
    return EncoderClient(settings.MODELS_SOCKET, timeout=10.0, encoder_name=str(settings.ENCODER.name))


def take_in(message: Message, recent: Sequence[Message]) -> Understood:
    """Read one message in the light of the `recent` ones before it; nothing is written."""
    return _taken_in(message, recent, (), models())


def take_in_mail(message: Message, recent: Sequence[Message], sentences: Sequence[str]) -> Understood:
    """The same for a mail, with the vectors of its sentences, in one hop to the text model."""
    return _taken_in(message, recent, sentences, patient())


def _taken_in(
    message: Message, recent: Sequence[Message], sentences: Sequence[str], asked: EncoderClient
) -> Understood:
    conversation = message.conversation
    history = [one.language for one in recent if one.author == Message.Author.CONTACT and one.language]
    expected = list(dict.fromkeys([_first_guess(conversation), *languages.FULL]))
    try:
        return _heard(asked.analyse(message.text, expected, history, sentences), conversation)
    except ModelUnavailable:
        code = detect(message.text, expected, history).code
        return _by_words(message.text, code, conversation)


def _heard(found: Analysis, conversation: Conversation) -> Understood:
    code = found.language if found.language_confidence >= SURE else UNKNOWN
    return Understood(
        heard=code,
        spoken=_spoken(code, conversation),
        mood=found.mood,
        sentiment=round(found.positive - found.negative, 3),
        urgency=found.urgency,
        reading={"by": "model", "scores": found.moods, "urgency": found.urgency, "reasons": found.reasons},
        vector=found.vector,
        parts=found.parts,
    )


def _by_words(text: str, code: str, conversation: Conversation) -> Understood:
    reading: Reading = read_without_model(text, code)
    kept = {"by": "words", "scores": {}, "urgency": reading.urgency, "reasons": _plain(reading.reasons)}
    return Understood(code, _spoken(code, conversation), urgency=reading.urgency, reading=kept)


def _plain(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    return [asdict(reason) for reason in reasons]


def _spoken(heard: str, conversation: Conversation) -> str:
    return heard if heard != UNKNOWN else conversation.language or _first_guess(conversation)


def _first_guess(conversation: Conversation) -> str:
    return conversation.contact.language or workspace().language


def as_read(message: Message, parts: Vectors | None) -> Understood:
    """How a mail was read before, with the vectors of its sentences."""
    return Understood(
        heard=message.language,
        spoken=_spoken(message.language, message.conversation),
        mood=message.mood,
        sentiment=message.sentiment,
        urgency=message.urgency,
        reading=message.reading,
        parts=parts,
    )


def recent_before(message: Message) -> list[Message]:
    """The last messages before this one, the oldest first."""
    earlier = Message.objects.filter(conversation=message.conversation_id, pk__lt=message.pk)
    return list(reversed(earlier.exclude(direction="note").order_by("-pk")[:RECENT]))


def understand(message: Message) -> bool:
    """Read a message and keep the reading; False when that had been done before."""
    if "by" in message.reading:
        return False
    found = take_in(message, recent_before(message))
    with transaction.atomic():
        held = Conversation.objects.select_for_update(of=("self",)).get(pk=message.conversation_id)
        return keep(held, message, found)


def understand_imported(conversation: Conversation) -> int:
    """Read what a contact wrote before the conversation came here; returns how many messages were read.

    Raises ModelUnavailable while the text model is away: nobody waits for it, so it is better done well than soon.
    """
    if not models().healthy():
        raise ModelUnavailable("The text model is away.")
    said = conversation.messages.filter(author=Message.Author.CONTACT).order_by("pk")
    return sum(understand(message) for message in said)


def keep(
    held: Conversation,
    message: Message,
    found: Understood,
    *,
    besides: Mapping[str, Any] = MappingProxyType({}),
    changes: Mapping[str, Any] = MappingProxyType({}),
) -> bool:
    """The message has been read so, and its conversation with it, once; False when it had been before.

    `besides` stands in the reading too, `changes` in the conversation. The caller's transaction holds the conversation.
    """
    reading = message.reading | (found.reading or {"by": "nobody"}) | dict(besides)
    unread = Message.objects.filter(pk=message.pk).exclude(reading__has_key="by")
    fresh = unread.update(
        language=found.heard,
        sentiment=found.sentiment,
        mood=found.mood,
        urgency=found.urgency,
        reading=reading,
    )
    if not fresh:
        return False
    message.reading = reading
    entry = impression.mark(message.pk, found.mood, found.sentiment, found.urgency, reading)
    facts = impression.together(impression.along(held.trend, entry))
    Conversation.objects.filter(pk=held.pk).update(language=found.spoken, **facts, **changes)
    tell(held, message, found)
    return True


def tell(held: Conversation, message: Message, found: Understood) -> None:
    """Say that a message was read, in the transaction that keeps how."""
    emit(
        "message.understood",
        actor="system",
        contact=held.contact_id,
        conversation=held.pk,
        message=message.pk,
        language=found.heard,
        mood=found.mood,
        urgent=impression.presses(found.urgency),
    )
