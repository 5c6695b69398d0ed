"""What lasts of a mail that was read: its reading, the reply, and what became of it, in one transaction."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from samspill.assistant.mails import decide, facts
from samspill.assistant.mails.calling import keep_word
from samspill.assistant.mails.held import Held, Read, done, hold, look_for_newer
from samspill.assistant.mails.route import team_for
from samspill.assistant.models import PreparedReply, Turn
from samspill.conversations.assign import assign_team
from samspill.conversations.hand_over import hand_over
from samspill.conversations.models import Conversation
from samspill.conversations.receive import tell
from samspill.conversations.reply import speak
from samspill.conversations.understand import keep
from samspill.kit import clock
from samspill.kit.events import gathering
from samspill.kit.rows import set_columns
from samspill.knowledge.gaps import record_question

State = PreparedReply.State


@transaction.atomic
def settle(reads: Sequence[Read]) -> None:
    """Keep what was read, and send the reply, let it wait, or hand over; once for each mail, one a conversation."""
    cases = hold(reads)
    over = done(cases)
    with gathering():
        for one in cases:
            if one.message.pk in over:
                keep(one.conversation, one.message, one.read.case.found)
        _settle([one for one in cases if one.message.pk not in over])


def _settle(cases: Sequence[Held]) -> None:
    if not cases:
        return
    _note(cases)
    overtake([one.conversation for one in cases])
    look_for_newer(cases)
    mine = [one for one in cases if one.conversation.in_charge == Conversation.InCharge.ASSISTANT]
    prepare([_waiting(one, "person") for one in cases if one not in mine and one.read.reply and one.newest])
    for one in mine:
        _take(one.conversation, one.read, _act(one))


def _act(one: Held) -> str:
    """Do what the rules say and tell in one word what that was."""
    if not one.newest:
        return "overtaken"
    held, case = one.conversation, one.read.case
    reason = decide.handed_over_because(case)
    if reason:
        _hand_over(one, reason)
        return "handed_over"
    why = decide.waits_because(case, held)
    [prepared] = prepare([_waiting(one, why)])
    if why:
        return "prepared"
    _send(held, prepared)
    return "answered"


def overtake(held: Sequence[Conversation]) -> None:
    """A reply that still waits in one of these no longer fits; the caller's transaction holds them."""
    waiting = list(PreparedReply.objects.filter(conversation__in=held, state=State.WAITING))
    if not waiting:
        return
    over = PreparedReply.objects.filter(pk__in=[one.pk for one in waiting])
    over.update(state=State.OVERTAKEN, settled_at=clock.now())
    threads = {one.pk: one for one in held}
    for one in waiting:
        thread = threads[one.conversation_id]
        tell("reply.settled", thread, "assistant", prepared=one.pk, state=State.OVERTAKEN)


def _note(cases: Sequence[Held]) -> None:
    """How each was read, intent, entities and the conversation's facts, whatever becomes of the reply."""
    before = []
    for one in cases:
        held, read = one.conversation, one.read
        held.facts = facts.facts(read.entities, read.case.topics, held.facts)
        held.intent = read.intent or held.intent
        changes = {"facts": held.facts, "intent": held.intent}
        if not _keep(one, changes):
            before.append(one)  # read before, as in a flood and after a kill
    readings = [(one.message.pk, json.dumps(one.message.reading | _wanted(one.read))) for one in before]
    set_columns("samspill_message", {"reading": "jsonb"}, readings)
    noted = [
        (one.conversation.pk, json.dumps(one.conversation.facts), one.conversation.intent) for one in before
    ]
    set_columns("samspill_conversation", {"facts": "jsonb", "intent": "text"}, noted)


def _keep(one: Held, changes: Mapping[str, Any]) -> bool:
    read = one.read
    if "by" in one.message.reading:
        return False
    return keep(one.conversation, one.message, read.case.found, besides=_wanted(read), changes=changes)


def _wanted(read: Read) -> dict[str, Any]:
    if not read.intent or "corrected" in read.case.message.reading:
        return {"entities": read.entities}
    sure = max(topic.confidence for topic in read.case.topics if topic.intent == read.intent)
    zone = "act" if sure >= 0.5 else "ask"
    return {"entities": read.entities, "intent": read.intent, "confidence": round(sure, 3), "zone": zone}


def prepare(replies: Sequence[PreparedReply]) -> list[PreparedReply]:
    """These replies wait from now on; the caller's transaction holds their conversations."""
    made = PreparedReply.objects.bulk_create(replies)
    for one in made:
        why = one.why_waiting
        tell(
            "reply.prepared", one.conversation, "assistant", message=one.message_id, prepared=one.pk, why=why
        )
    return made


def _waiting(one: Held, why: str) -> PreparedReply:
    """The reply to a mail, and why it waits; the callback that it promises is opened when it is sent."""
    reply, case = one.read.reply, one.read.case
    assert reply
    call = next((topic.call for topic in case.topics if topic.call), None)
    return PreparedReply(
        message=one.message,
        conversation=one.conversation,
        text=reply.text,
        language=reply.language,
        sources=reply.sources,
        intent=one.read.intent,
        confidence=round(case.confidence, 4),
        callback=dict(call or {}),
        why_waiting=why,
    )


def _send(held: Conversation, prepared: PreparedReply) -> None:
    extras: dict[str, object] = {"sources": prepared.sources} if prepared.sources else {}
    text = keep_word(prepared, prepared.text, "assistant")
    sent = speak(held, text, f"turn:{prepared.message_id}", extras=extras, language=prepared.language)
    PreparedReply.objects.filter(pk=prepared.pk).update(state=State.SENT, sent=sent, settled_at=clock.now())


def _hand_over(one: Held, reason: str) -> None:
    held, read = one.conversation, one.read
    if read.reply:
        prepare([_waiting(one, reason)])
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
    tell("turn.taken", held, "assistant", message=message.pk, outcome=outcome)


def _record_open(held: Conversation, read: Read) -> None:
    """What no article answers is kept for the people who write them."""
    for topic in read.case.open[:1]:
        language, message = read.case.found.spoken, read.case.message.pk
        record_question(topic.asked, language, "email", message_id=message, conversation_id=held.pk)
