"""What is known when a message arrives: its language and mood, the dialogue so far, who writes."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from samspill.assistant.brains.turn import Message as Said
from samspill.assistant.brains.turn import Turn
from samspill.assistant.mind import Mind
from samspill.assistant.models import AssistantSettings, Dialogue
from samspill.contacts import consent, verify
from samspill.contacts.on_record import words_on_record
from samspill.conversations.models import Conversation, Message
from samspill.flows.state import State
from samspill.intelligence.encoder import Vectors
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.language import UNKNOWN, detect
from samspill.intelligence.wire import Analysis
from samspill.kit import clock, languages
from samspill.knowledge.vectors import quick_encoder
from samspill.workspace.current import workspace

RECENT = 6
SURE = 0.5  # below this a message does not change the language of a conversation
_AUTHORS = {"contact": "customer", "assistant": "assistant", "agent": "agent"}


@dataclass(frozen=True)
class Situation:
    """Everything a brain and the engine need for one turn."""

    message: Message
    turn: Turn
    language: str  # we speak it from now on
    heard: str  # of this message
    vector: Vectors | None
    sentiment: float | None
    mood: float | None  # of the conversation, the latest counting most
    urgent: bool


def look(message: Message, knowing: Mind) -> Situation:
    """Take in one message with everything around it."""
    conversation = message.conversation
    recent = _recent(message)
    heard, sentiment, vector = _understand(message, recent)
    language = heard if heard != UNKNOWN else conversation.language or _first_guess(conversation)
    before = conversation.sentiment
    mood = sentiment if before is None or sentiment is None else 0.6 * sentiment + 0.4 * before
    return Situation(
        message=message,
        turn=_turn(message, knowing, language, recent, vector),
        language=language,
        heard=heard,
        vector=vector,
        sentiment=sentiment,
        mood=before if mood is None else round(mood, 3),
        urgent=conversation.urgent,
    )


def _turn(
    message: Message, knowing: Mind, language: str, recent: list[Message], vector: Vectors | None
) -> Turn:
    return Turn(
        text=message.text,
        language=language,
        state=_state(message.conversation, language),
        catalogue=knowing.catalogue,
        recent=[Said(_AUTHORS[m.author], m.text) for m in recent if m.author in _AUTHORS],  # type: ignore[arg-type]
        vector=vector,
        on_record=words_on_record(message.conversation.contact),
        pressed=str(message.extras.get("value") or ""),
    )


def _state(conversation: Conversation, language: str) -> State:
    dialogue: Dialogue | None = getattr(conversation, "dialogue", None)
    state = State.model_validate(dialogue.state) if dialogue else State()
    if state.handed_over:
        state = state.taken_back()  # somebody gave the conversation back to the assistant
    company = workspace()
    return state.facing(
        language=language,
        now=clock.now().astimezone(ZoneInfo(company.time_zone)).isoformat(),
        verified=str(conversation.contact_id) if verify.proven_addresses(conversation.identity) else "",
        consent=_consent(conversation),
        known={
            "company": company.name,
            "assistant": AssistantSettings.current().name,
            "desk_language": company.language,
            "country": company.country,
        },
    )


def _consent(conversation: Conversation) -> dict[str, bool]:
    channel = conversation.inbox.channel
    given = consent.has_given(conversation.contact, consent.SERVICE, channel)
    return {consent.SERVICE: True} if given else {}


def _recent(message: Message) -> list[Message]:
    earlier = Message.objects.filter(conversation=message.conversation_id, pk__lt=message.pk)
    return list(reversed(earlier.exclude(direction="note").order_by("-pk")[:RECENT]))


def _understand(message: Message, recent: list[Message]) -> tuple[str, float | None, Vectors | None]:
    history = [m.language for m in recent if m.author == "contact" and m.language]
    expected = list(dict.fromkeys([_first_guess(message.conversation), *languages.FULL]))
    try:
        found = quick_encoder().analyse(message.text, expected, history)
    except ModelUnavailable:
        return detect(message.text, expected, history).code, None, None
    heard = found.language if found.language_confidence >= SURE else UNKNOWN
    return heard, _sentiment(found), found.vector


def _sentiment(found: Analysis) -> float:
    return round(found.positive - found.negative, 3)


def _first_guess(conversation: Conversation) -> str:
    return conversation.contact.language or workspace().language
