"""What is known when a message arrives: how it was read, the dialogue so far, who writes."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from samspill.assistant.brains.turn import Message as Said
from samspill.assistant.brains.turn import Turn
from samspill.assistant.mind import Mind
from samspill.assistant.models import AssistantSettings, Dialogue
from samspill.contacts import consent, verify
from samspill.contacts.on_record import words_on_record
from samspill.conversations.callback import callbacks
from samspill.conversations.models import Conversation, Message
from samspill.conversations.understand import Understood, recent_before, take_in
from samspill.flows.state import State
from samspill.intelligence.encoder import Vectors
from samspill.kit import clock
from samspill.workspace.current import workspace

_AUTHORS = {"contact": "customer", "assistant": "assistant", "agent": "agent"}


@dataclass(frozen=True)
class Situation:
    """Everything a brain and the engine need for one turn."""

    message: Message
    turn: Turn
    found: Understood

    @property
    def language(self) -> str:
        """We speak it from now on."""
        return self.found.spoken

    @property
    def vector(self) -> Vectors | None:
        """Of the message, as a query; None while the text model is away."""
        return self.found.vector


def look(message: Message, knowing: Mind) -> Situation:
    """Take in one message with everything around it."""
    recent = recent_before(message)
    found = take_in(message, recent)
    return Situation(message, _turn(message, knowing, found.spoken, recent, found.vector), found)


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
            "callbacks": "yes" if _has_form(conversation) else "",
        },
    )


def _has_form(conversation: Conversation) -> bool:
    """Whether the customer sees a form for a callback, whoever answers."""
    return conversation.inbox.channel == "webchat" and callbacks() is not None


def _consent(conversation: Conversation) -> dict[str, bool]:
    channel = conversation.inbox.channel
    given = consent.has_given(conversation.contact, consent.SERVICE, channel)
    return {consent.SERVICE: True} if given else {}
