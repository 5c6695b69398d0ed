"""One message, end to end: understand, decide, carry out, reply. What lasts is written in one transaction."""

import time
from dataclasses import asdict, dataclass, field

from django.db import transaction

from samspill.assistant.brains.choose import ChosenBrain
from samspill.assistant.brains.examples import QUESTION
from samspill.assistant.brains.llm import Endpoint, LlmBrain
from samspill.assistant.brains.local import LocalBrain
from samspill.assistant.brains.rules import hard_rules
from samspill.assistant.brains.turn import Decision
from samspill.assistant.circumstances import Circumstances
from samspill.assistant.escalate import too_upset
from samspill.assistant.mails.answer import answer as answer_mails
from samspill.assistant.mails.answer import is_mail
from samspill.assistant.mind import Mind, mind
from samspill.assistant.models import AssistantSettings, Dialogue, Turn
from samspill.assistant.reply import reply
from samspill.assistant.situation import Situation, look
from samspill.assistant.tools import TOOLS
from samspill.conversations.models import Conversation, Message
from samspill.conversations.understand import keep, understand
from samspill.flows.commands import HandOver, serialise
from samspill.flows.runner import take_turn as carry_out
from samspill.flows.state import Outcome
from samspill.kit import clock
from samspill.kit.crypto import unseal
from samspill.kit.events import emit
from samspill.kit.once import reading_once


@dataclass
class Watch:
    """Milliseconds each stage took."""

    stages: dict[str, float] = field(default_factory=dict)
    since: float = field(default_factory=time.perf_counter)

    def lap(self, stage: str) -> None:
        """Note the time since the last lap under `stage`."""
        moment = time.perf_counter()
        self.stages[stage] = round((moment - self.since) * 1000, 2)
        self.since = moment


BUSINESS = ("complaint", "human")
AROUND = (
    "turn", "conversation__contact", "conversation__inbox", "conversation__identity", "conversation__dialogue",
    "letter",
)  # fmt: skip


@reading_once()
def take_turn(message_id: int) -> None:
    """Read a contact's message and answer it, once, however often this is called; where a person is in charge
    it is only read.
    """
    message = Message.objects.select_related(*AROUND).get(pk=message_id)
    if hasattr(message, "turn"):
        return
    if is_mail(message):
        answer_mails([message])
        return
    if message.conversation.in_charge != Conversation.InCharge.ASSISTANT:
        understand(message)
        return
    watch, knowing = Watch({"queue": _waited(message)}), mind()
    situation = look(message, knowing)
    watch.lap("understand")
    decision = _decide(situation, knowing)
    watch.lap("decide")
    _settle(situation, knowing, decision, watch)


def _decide(situation: Situation, knowing: Mind) -> Decision:
    if situation.message.extras.get("asks") == "person":
        return Decision([HandOver("asked")], "rules", 1.0)
    if hard_rules(situation.turn) is None and too_upset(situation.found, situation.message.conversation):
        return Decision([HandOver("upset")], "rules", 1.0)
    return ChosenBrain(LocalBrain(knowing.intents), _llm()).decide_openly(situation.turn)


def _llm() -> LlmBrain | None:
    settings = AssistantSettings.current()
    if settings.brain != AssistantSettings.Brain.LLM or not settings.llm_url:
        return None
    return LlmBrain(Endpoint(settings.llm_url, settings.llm_model, unseal(settings.llm_key_sealed)))


@transaction.atomic
def _settle(situation: Situation, knowing: Mind, decision: Decision, watch: Watch) -> None:
    message = situation.message
    # without joins: a row that a merge moved while we waited would join no more and be lost
    held = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    keep(held, message, situation.found)
    if held.in_charge != Conversation.InCharge.ASSISTANT or Turn.objects.filter(message=message).exists():
        return  # a person took over while we were thinking
    here = Circumstances(held, message, situation.language, situation.vector)
    outcome = carry_out(situation.turn.state, decision.commands, knowing.catalogue, TOOLS, here)
    watch.lap("carry_out")
    _remember(situation, here, decision, outcome, watch)
    _mark(here, _wanted(decision, knowing))
    reply(here, outcome.says)
    _tell(here, decision, understood=situation.vector is not None)


def _remember(
    situation: Situation, here: Circumstances, decision: Decision, outcome: Outcome, watch: Watch
) -> None:
    message, state = here.message, outcome.state.model_dump(mode="json")
    dialogue = Dialogue(conversation=here.conversation, state=state)
    Dialogue.objects.bulk_create(
        [dialogue], update_conflicts=True, unique_fields=["conversation"], update_fields=["state"]
    )
    Turn.objects.create(
        message=message,
        conversation=here.conversation,
        brain=decision.brain,
        commands=serialise(decision.commands),
        outcome=here.outcome,
        confidence=here.confidence(decision.confidence),
        stages_ms=watch.stages,
    )
    if decision.read:
        reading = message.reading | asdict(decision.read)
        Message.objects.filter(pk=message.pk).update(reading=reading)


def _mark(here: Circumstances, intent: str) -> None:
    if intent:
        Conversation.objects.filter(pk=here.conversation.pk).update(intent=intent)


def _wanted(decision: Decision, knowing: Mind) -> str:
    """What the customer is after, where that is sure; a greeting or thanks is nothing to be after."""
    read = decision.read
    if read is None or read.zone != "act":
        return ""
    business = read.intent in knowing.intents.leads or read.intent in (*BUSINESS, QUESTION)
    return read.intent if business or knowing.catalogue.find(read.intent) else ""


def _tell(here: Circumstances, decision: Decision, *, understood: bool) -> None:
    facts = {"contact": here.conversation.contact_id, "conversation": here.conversation.pk}
    if not understood:
        emit("models.missed", actor="assistant", message=here.message.pk, **facts)
    if decision.fell_back:
        emit("brain.fell_back", actor="assistant", reason=decision.fell_back, **facts)
    emit("turn.taken", actor="assistant", message=here.message.pk, outcome=here.outcome, **facts)


def _waited(message: Message) -> float:
    return round((clock.now() - message.created_at).total_seconds() * 1000, 2)
