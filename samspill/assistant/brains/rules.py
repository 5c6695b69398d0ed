"""What is decided before any model is asked: a pressed button, a person please, stop, yes and no."""

from samspill.assistant.brains.turn import MAX_TEXT, Turn
from samspill.assistant.brains.words import means, wants_person, yes_or_no
from samspill.flows.commands import Cancel, Clarify, Command, HandOver, Repeat, Set
from samspill.flows.steps import PERSON


def hard_rules(turn: Turn) -> list[Command] | None:
    """The commands when there is no doubt, else None."""
    if turn.pressed:
        return _pressed(turn)
    text = turn.text.strip()[:MAX_TEXT]
    if not text:
        return [Clarify()]
    if means(text, "opt_out"):
        return [HandOver("opt_out")]
    if wants_person(text):
        return [HandOver("asked")]
    return _answer(turn, text) or _control(turn, text)


def _pressed(turn: Turn) -> list[Command] | None:
    asking = turn.state.asking
    if turn.pressed == PERSON:
        return [HandOver("asked")]
    if asking and turn.pressed in {choice.value for choice in asking.choices}:
        return [Set(asking.slot, turn.pressed)]
    return None


def _answer(turn: Turn, text: str) -> list[Command] | None:
    """A yes or no to the open question, or one of its buttons typed out."""
    asking = turn.state.asking
    if asking is None:
        return None
    if asking.type == "yes_no" and (answer := yes_or_no(text, turn.language)) is not None:
        return [Set(asking.slot, answer)]
    typed = text.casefold()
    pressed = (choice.value for choice in asking.choices if typed == choice.label.casefold())
    value = next(pressed, None)
    return [Set(asking.slot, value)] if value is not None else None


def _control(turn: Turn, text: str) -> list[Command] | None:
    if turn.state.stack and means(text, "cancel", turn.language):
        return [Cancel()]
    if turn.state.last and means(text, "repeat", turn.language):
        return [Repeat()]
    return None
