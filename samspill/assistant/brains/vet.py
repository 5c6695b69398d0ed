"""Lets through only what the engine could have heard from the customer himself."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from pydantic import BaseModel

from samspill.assistant.brains.turn import Turn
from samspill.assistant.brains.words import affirms
from samspill.flows.commands import (
    REASONS,
    Answer,
    Cancel,
    Clarify,
    Command,
    HandOver,
    Repeat,
    Set,
    Start,
    Value,
)
from samspill.flows.flow import Slot
from samspill.flows.repairs import TALK
from samspill.flows.values import accept

MAX_COMMANDS = 5
MAX_QUESTION = 500


class Wish(BaseModel):
    """One command as a language model writes it: flat, so that small models manage."""

    do: Literal["start", "set", "cancel", "clarify", "answer", "hand_over", "repeat"]
    flow: str = ""
    slot: str = ""
    value: str | bool | int | float = ""
    flows: list[str] = []
    question: str = ""
    reason: str = ""


class Wishes(BaseModel):
    """What a language model makes of a turn."""

    commands: list[Wish]


def vet(wishes: Sequence[Wish], turn: Turn) -> list[Command]:
    """The wishes that name real flows and slots and values the customer wrote; possibly none."""
    some = list(wishes[:MAX_COMMANDS])
    started = [wish.flow for wish in some if wish.do == "start"]
    found = (_VETTING[wish.do](wish, turn, started) for wish in some)
    return [command for command in found if command is not None]


def _start(wish: Wish, turn: Turn, started: list[str]) -> Command | None:
    flow = turn.catalogue.find(wish.flow)
    return Start(wish.flow) if flow and (not flow.reserved or flow.name in TALK) else None


def _set(wish: Wish, turn: Turn, started: list[str]) -> Command | None:
    slot = next(_slots(wish.slot, turn, started), None)
    if slot is None or wish.value == "":
        return None
    return Set(wish.slot, wish.value) if _said(slot, wish.value, turn) else None


def _slots(name: str, turn: Turn, started: list[str]) -> Iterator[Slot]:
    """The slot of this name in the open question, the open flows, or a flow about to start."""
    if turn.open_slot and turn.open_slot.name == name:
        yield turn.open_slot
    for flow in [*started, *(run.flow for run in turn.state.stack)]:
        slot = turn.catalogue.slot(flow, name)
        if slot:
            yield slot


def _said(slot: Slot, value: Value, turn: Turn) -> bool:
    """Whether the customer's own words carry the value; a yes must be a yes, an id must be there."""
    around = turn.around
    match slot.type:
        case "yes_no":
            return accept(slot, value, around) is False or affirms(turn.text, turn.language)
        case "order_number":
            numbers = around.numbers
            return numbers.read(str(value)) in [*numbers.find(turn.text), *numbers.find_bare(turn.text)]
        case "email":
            return str(value).casefold() in turn.text.casefold()
        case "code" | "number" | "phone":
            return _digits(str(value)) != "" and _digits(str(value)) in _digits(turn.text)
    return accept(slot, value, around) is not None


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _cancel(wish: Wish, turn: Turn, started: list[str]) -> Command | None:
    return Cancel() if turn.state.stack else None


def _clarify(wish: Wish, turn: Turn, started: list[str]) -> Command | None:
    offered = {flow.name for flow in turn.catalogue.offered()}
    return Clarify(tuple(name for name in dict.fromkeys(wish.flows) if name in offered)[:3])


def _answer(wish: Wish, turn: Turn, started: list[str]) -> Command | None:
    question = wish.question.strip()[:MAX_QUESTION] or turn.text.strip()[:MAX_QUESTION]
    return Answer(question) if question else None


def _hand_over(wish: Wish, turn: Turn, started: list[str]) -> Command | None:
    return HandOver(wish.reason if wish.reason in REASONS else "asked")


def _repeat(wish: Wish, turn: Turn, started: list[str]) -> Command | None:
    return Repeat() if turn.state.last else None


_VETTING: Mapping[str, Callable[[Wish, Turn, list[str]], Command | None]] = {
    "start": _start,
    "set": _set,
    "cancel": _cancel,
    "clarify": _clarify,
    "answer": _answer,
    "hand_over": _hand_over,
    "repeat": _repeat,
}
