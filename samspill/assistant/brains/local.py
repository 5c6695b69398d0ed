"""The brain that runs everywhere: rules, a small classifier, and patterns for values."""

from collections.abc import Mapping
from dataclasses import dataclass

from samspill.assistant.brains.entities import mentioned, open_answer
from samspill.assistant.brains.examples import QUESTION
from samspill.assistant.brains.intents import Guess, Intents, Lead
from samspill.assistant.brains.rules import hard_rules
from samspill.assistant.brains.turn import MAX_TEXT, Decision, Read, Turn
from samspill.assistant.brains.words import affirms
from samspill.flows.commands import Answer, Cancel, Clarify, Command, HandOver, Set, Start
from samspill.flows.flow import Slot

TALK = {
    "greet": "_greeting",
    "thanks": "_thanks",
    "bye": "_goodbye",
    "small_talk": "_small_talk",
    "complaint": "_complaint",
    "what_can_you_do": "_what_can_you_do",
    "out_of_scope": "_unknown",
}
YES_NO = ("affirm", "deny")
SHORT = 5  # words; a longer sentence may mention a country in passing
Leads = Mapping[str, Lead]
# Said in the middle of a flow, only these are clear enough to leave the open question for.
LEAVES = frozenset({"complaint", "what_can_you_do", "small_talk", "thanks", "bye"})
LEAVES_TEXT = frozenset({"human", "cancel", "bye"})


@dataclass(frozen=True)
class LocalBrain:
    """Decides with what it learned; never slow, never away."""

    intents: Intents
    name: str = "local"

    def decide(self, turn: Turn) -> list[Command]:
        """The commands this turn amounts to."""
        return self.decide_openly(turn).commands

    def decide_openly(self, turn: Turn) -> Decision:
        """The same, with how sure it is."""
        if (hard := hard_rules(turn)) is not None:
            return Decision(hard, "rules", 1.0)
        text = turn.text.strip()[:MAX_TEXT]
        slot = turn.open_slot
        if slot and (answered := _answers(turn, slot, text)):
            return Decision(answered, self.name, 1.0)
        guess, leads = self.intents.guess(text, turn.language, turn.vector), self.intents.leads
        commands = _amid(turn, slot, guess, leads) if slot else _afresh(turn, guess, leads)
        return Decision(commands, self.name, guess.score, read=_read(guess))

    def read(self, turn: Turn) -> Read:
        """What the message wants, whoever decides about it."""
        return _read(self.intents.guess(turn.text.strip()[:MAX_TEXT], turn.language, turn.vector))


def _read(guess: Guess) -> Read:
    known = guess.label if guess.zone != "hand_over" else ""
    return Read(known, round(guess.score, 3), guess.zone)


def _answers(turn: Turn, slot: Slot, text: str) -> list[Command]:
    """The open question answered, or other slots of the run given or corrected."""
    value = open_answer(slot, text, turn.around)
    given: list[Command] = [Set(slot.name, value)] if value is not None else []
    return given + _others(turn, slot, text, short=not given and len(text.split()) <= SHORT)


def _others(turn: Turn, slot: Slot, text: str, *, short: bool) -> list[Command]:
    found: dict[str, Command] = {}
    for run in reversed(turn.state.stack):
        flow = turn.catalogue.find(run.flow)
        around = turn.catalogue.around(turn.state, run)
        values = mentioned(flow, text, around, run) if flow else ()
        # Unasked, only such numbers and addresses are unmistakable; a choice may be part of another sentence.
        safe = [
            value
            for value in values
            if value.slot != slot.name and _unmistakable(turn, run.flow, value, slot, short=short)
        ]
        found |= {value.slot: value for value in safe if value.slot not in found}
    return list(found.values())


def _unmistakable(turn: Turn, flow: str, value: Set, slot: Slot, *, short: bool) -> bool:
    target = turn.catalogue.slot(flow, value.slot)
    kinds = {"order_number", "email", "phone"} | (
        {"choice", "order_line", "country"} if slot.type == "yes_no" else set()
    )
    if short:
        kinds |= {"country"}  # “no, to Norway” answers no other question
    # Two slots of one kind cannot both be meant by one number.
    return target is not None and target.type in kinds and target.type != slot.type


def _amid(turn: Turn, slot: Slot, guess: Guess, leads: Leads) -> list[Command]:
    """No answer was found: a digression if that is clear, else the raw text for the engine to judge."""
    text = turn.text.strip()[:MAX_TEXT]
    if slot.type == "yes_no" and (affirms(text, turn.language) or (guess.sure and guess.label == "deny")):
        return [Set(slot.name, affirms(text, turn.language))]
    guess = guess.without(YES_NO)
    if slot.type == "text":  # what it is about is said in the very words that ask for it
        return _control(guess.label) if guess.clear and guess.label in LEAVES_TEXT else [Set(slot.name, text)]
    if guess.clear and guess.label in (*LEAVES, "human", "cancel"):
        return _control(guess.label)
    if guess.clear and guess.label not in TALK:
        return _wanted(turn, guess.label, leads, amid=True) or [Set(slot.name, text)]
    return [Set(slot.name, text)]


def _afresh(turn: Turn, guess: Guess, leads: Leads) -> list[Command]:
    """Sure: do it. Not quite: ask which of the likely ones is meant. Else the articles may know."""
    guess = guess.without(YES_NO)
    text = turn.text.strip()[:MAX_TEXT]
    if guess.sure and guess.label in (*TALK, "human", "cancel"):
        return _control(guess.label)
    if guess.sure and (commands := _wanted(turn, guess.label, leads)):
        return commands
    flows = [flow for label in guess.near() if (flow := _flow(turn, label, leads))]
    if flows and guess.label != QUESTION:
        return [Clarify(tuple(dict.fromkeys(flows)))]
    if guess.label in leads and guess.zone == "ask" and leads[guess.label].to == "person":
        return [Start("_offer_person")]
    return [Answer(text)]


def _wanted(turn: Turn, label: str, leads: Leads, *, amid: bool = False) -> list[Command]:
    """What the company or a flow does about this; nothing where the label leads nowhere."""
    text, flow = turn.text.strip()[:MAX_TEXT], _flow(turn, label, leads)
    if flow:
        return [] if amid and _running(turn, flow) else _start(turn, flow, text)
    if label in leads and leads[label].to == "person":
        return [HandOver("intent")]
    return [Answer(text)] if label in leads or label == QUESTION else []


def _flow(turn: Turn, label: str, leads: Leads) -> str:
    """The flow a label leads to, or "" where it leads elsewhere."""
    lead = leads.get(label)
    name = label if lead is None else lead.flow if lead.to == "flow" else ""
    return name if turn.catalogue.find(name) else ""


def _control(label: str) -> list[Command]:
    if label == "human":
        return [HandOver("asked")]
    return [Cancel()] if label == "cancel" else [Start(TALK[label])]


def _start(turn: Turn, name: str, text: str) -> list[Command]:
    flow = turn.catalogue.find(name)
    return [Start(name), *(mentioned(flow, text, turn.catalogue.around(turn.state)) if flow else ())]


def _running(turn: Turn, name: str) -> bool:
    return any(run.flow == name for run in turn.state.stack[-1:])
