"""Carries out what the engine asks for, until it rests."""

import logging
from collections.abc import Sequence
from typing import Any

from pydantic_core import to_jsonable_python

from samspill.flows.catalogue import Catalogue
from samspill.flows.commands import Command
from samspill.flows.engine import advance
from samspill.flows.results import FAILED
from samspill.flows.state import Call, Outcome, Result, Say, State
from samspill.flows.tools import ToolResult, Tools

MAX_CALLS = 20

log = logging.getLogger(__name__)


def take_turn(
    state: State, commands: Sequence[Command], catalogue: Catalogue, tools: Tools, context: Any = None
) -> Outcome:
    """Runs the engine and its calls until it waits for the customer; `calls` lists what was carried out."""
    return _until_rest(advance(state, commands, catalogue), catalogue, tools, context)


def resume(state: State, catalogue: Catalogue, tools: Tools, context: Any = None) -> Outcome:
    """Goes on after a crash with the call that was under way; ids make sure nothing happens twice."""
    waiting = [state.waiting] if state.waiting else []
    return _until_rest(Outcome(state=state, calls=waiting), catalogue, tools, context)


def _until_rest(outcome: Outcome, catalogue: Catalogue, tools: Tools, context: Any) -> Outcome:
    state, says, done = outcome.state, list(outcome.says), list[Call]()
    waiting = outcome.calls
    while waiting:
        results = [_carry_out(call, catalogue, tools, context, len(done)) for call in waiting]
        done += waiting
        following = advance(state, results, catalogue)
        state, waiting = following.state, following.calls
        says += following.says
    return Outcome(state=_remember(state, says), says=says, calls=done)


def _remember(state: State, says: list[Say]) -> State:
    return state.model_copy(update={"last": says}) if says else state


def _carry_out(call: Call, catalogue: Catalogue, tools: Tools, context: Any, made: int) -> Result:
    if made >= MAX_CALLS:
        return Result(id=call.id, outcome=FAILED)
    try:
        found = _use(call, catalogue, tools, context)
    except Exception:
        # A broken tool is an event for the operator and an apology to the customer, never an outage.
        log.exception("tool %s failed", call.tool)
        return Result(id=call.id, outcome=FAILED)
    return Result(id=call.id, outcome=found.outcome, data=to_jsonable_python(found.data))


def _use(call: Call, catalogue: Catalogue, tools: Tools, context: Any) -> ToolResult:
    if catalogue.tools[call.tool].acting:
        return tools[call.tool](context, key=call.id, **call.arguments)
    return tools[call.tool](context, **call.arguments)
