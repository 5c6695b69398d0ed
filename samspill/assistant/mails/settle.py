"""What lasts of a mail that was read: its reading, the reply, and what became of it, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from samspill.assistant.mails import decide, facts
from samspill.assistant.mails.calling import keep_word
from samspill.assistant.mails.compose import Reply
from samspill.assistant.mails.route import team_for
from samspill.assistant.models import PreparedReply, Turn
from samspill.conversations.assign import assign_team
from samspill.conversations.hand_over import hand_over
from samspill.conversations.models import Conversation, Message
from samspill.conversations.reply import speak
from samspill.conversations.understand import keep
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.knowledge.gaps import record_question

State = PreparedReply.State


@dataclass(frozen=True)
class Read:
    """A mail as it was read, with the reply that could be given."""

    case: decide.Case
    reply: Reply | None
    entities: list[dict[str, Any]] = field(default_factory=list)

    @property
    def intent(self) -> str:
        """What the mail is about before all."""
        wanted = [topic for topic in self.case.topics if topic.kind != "nothing"]
        return max(wanted, key=lambda topic: topic.confidence).intent if wanted else ""


@transaction.atomic
def settle(read: Read) -> None:
    """Keep what was read, and send the reply, let it wait, or hand over; once for each mail."""
    case, message = read.case, read.case.message
    held = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    if _is_done(message):
        keep(held, message, case.found)
        return
    _note(held, read)
    overtake(held)
    if held.in_charge == Conversation.InCharge.ASSISTANT:
        _take(held, read, _act(held, read))
    elif read.reply and _is_newest(held, message):
        _prepare(held, read, "person")


def _is_done(message: Message) -> bool:
    done = Q(turn__isnull=False) | Q(prepared__isnull=False)
    return Message.objects.filter(done, pk=message.pk).exists()


def _act(held: Conversation, read: Read) -> str:
    """Do what the rules say and tell in one word what that was."""
    if not _is_newest(held, read.case.message):
        return "overtaken"
    reason = decide.handed_over_because(read.case)
    if reason:
        _hand_over(held, read, reason)
        return "handed_over"
    why = decide.waits_because(read.case, held)
    prepared = _prepare(held, read, why)
    if why:
        return "prepared"
    _send(held, prepared)
    return "answered"


def overtake(held: Conversation) -> None:
    """A reply that still waits in this conversation no longer fits; the caller's transaction holds it."""
    for waiting in PreparedReply.objects.filter(conversation=held, state=State.WAITING):
        PreparedReply.objects.filter(pk=waiting.pk).update(state=State.OVERTAKEN, settled_at=clock.now())
        emit(
            "reply.settled",
            actor="assistant",
            contact=held.contact_id,
            conversation=held.pk,
            prepared=waiting.pk,
            state=State.OVERTAKEN,
        )


def _is_newest(held: Conversation, message: Message) -> bool:
    """Nobody has written since, besides programs and notes."""
    later = Message.objects.filter(conversation=held, pk__gt=message.pk)
    by_person = Q(direction="in") & (Q(letter=None) | Q(letter__kind="human"))
    return not later.filter(Q(direction="out") | by_person).exists()


def _note(held: Conversation, read: Read) -> None:
    """How it was read, intent, entities and the conversation's facts, whatever becomes of the reply."""
    message = read.case.message
    held.facts = facts.facts(read.entities, read.case.topics, held.facts)
    changes: dict[str, Any] = {"facts": held.facts} | ({"intent": read.intent} if read.intent else {})
    wanted = _wanted(read)
    if not keep(
        held, message, read.case.found, besides=wanted, changes=changes
    ):  # read before, as after a kill
        Message.objects.filter(pk=message.pk).update(reading=message.reading | wanted)
        Conversation.objects.filter(pk=held.pk).update(**changes)


def _wanted(read: Read) -> dict[str, Any]:
    if not read.intent or "corrected" in read.case.message.reading:
        return {"entities": read.entities}
    sure = max(topic.confidence for topic in read.case.topics if topic.intent == read.intent)
    zone = "act" if sure >= 0.5 else "ask"
    return {"entities": read.entities, "intent": read.intent, "confidence": round(sure, 3), "zone": zone}


def prepare(
    held: Conversation,
    message: Message,
    reply: Reply,
    intent: str,
    confidence: float,
    why: str,
    callback: Mapping[str, str] | None = None,
) -> PreparedReply:
    """A reply to this mail waits from now on, and why; the caller's transaction holds the conversation.

    `callback` is opened when it is sent.
    """
    prepared = PreparedReply.objects.create(
        message=message,
        conversation=held,
        text=reply.text,
        language=reply.language,
        sources=reply.sources,
        intent=intent,
        confidence=round(confidence, 4),
        callback=dict(callback or {}),
        why_waiting=why,
    )
    emit(
        "reply.prepared",
        actor="assistant",
        contact=held.contact_id,
        conversation=held.pk,
        message=message.pk,
        prepared=prepared.pk,
        why=why,
    )
    return prepared


def _prepare(held: Conversation, read: Read, why: str) -> PreparedReply:
    assert read.reply
    case = read.case
    call = next((topic.call for topic in case.topics if topic.call), None)
    return prepare(held, case.message, read.reply, read.intent, case.confidence, why, call)


def _send(held: Conversation, prepared: PreparedReply) -> None:
    extras: dict[str, object] = {"sources": prepared.sources} if prepared.sources else {}
    text = keep_word(prepared, prepared.text, "assistant")
    sent = speak(held, text, f"turn:{prepared.message_id}", extras=extras, language=prepared.language)
    PreparedReply.objects.filter(pk=prepared.pk).update(state=State.SENT, sent=sent, settled_at=clock.now())


def _hand_over(held: Conversation, read: Read, reason: str) -> None:
    if read.reply:
        _prepare(held, read, reason)
    case = read.case
    told = facts.summary(case.topics, case.risks, case.message.letter.subject)
    hand_over(held, reason, summary=told, facts=held.facts)
    team = team_for(held, read.intent)
    if team and held.team_id is None:
        assign_team(held, team, by="assistant")


def _take(held: Conversation, read: Read, outcome: str) -> None:
    _record_open(held, read)
    message, confidence = read.case.message, read.case.confidence
    Turn.objects.create(
        message=message, conversation=held, brain="mail", outcome=outcome, confidence=round(confidence, 4)
    )
    emit(
        "turn.taken",
        actor="assistant",
        contact=held.contact_id,
        conversation=held.pk,
        message=message.pk,
        outcome=outcome,
    )


def _record_open(held: Conversation, read: Read) -> None:
    """What no article answers is kept for the people who write them."""
    for topic in read.case.open[:1]:
        language, message = read.case.found.spoken, read.case.message.pk
        record_question(topic.asked, language, "email", message_id=message, conversation_id=held.pk)
