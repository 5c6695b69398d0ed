"""When a flow may have something done, and what exactly is asked for."""

import copy
from collections.abc import Mapping
from typing import Any

from samspill.flows.flow import CallTool, Flow
from samspill.flows.state import Call, Run
from samspill.flows.texts import look_up
from samspill.flows.tools import Tool
from samspill.flows.work import Work


def call_tool(work: Work, run: Run, flow: Flow, step: CallTool) -> None:
    """Asks for a side effect, if identity and a yes to exactly these values allow it."""
    tool = work.catalogue.tools.get(step.tool)
    if tool is None or (tool.private and not work.state.verified) or (tool.acting and not step.confirm):
        work.fail(run)
    elif step.id in run.acted:
        run.step = step.next
    elif tool.acting and not confirmed(run, step.confirm):
        run.step = step.confirm
    else:
        _emit(work, run, step, tool)


def confirmed(run: Run, step: str) -> bool:
    """Whether the customer said yes to exactly what the run holds now."""
    seen = run.confirmed.get(step)
    return seen is not None and unchanged(run, seen)


def unchanged(run: Run, seen: Mapping[str, Any]) -> bool:
    """Whether everything seen then is the same now, and no answer has come on top."""
    now = run.values()
    return run.slots.keys() <= seen.keys() and all(now.get(name) == value for name, value in seen.items())


def _emit(work: Work, run: Run, step: CallTool, tool: Tool) -> None:
    values = {**work.state.known, "today": work.state.now, **run.values()}
    arguments = {name: _argument(value, values) for name, value in step.arguments.items()}
    work.state.counter += 1
    # The id of an acting call is the same however often it is asked for: tools use it to act once only.
    number = run.attempts.get(step.id, 0) if tool.acting else work.state.counter
    id = f"{run.id}:{step.id}:{number}"
    call = Call(id=id, run=run.id, step=step.id, tool=step.tool, arguments=copy.deepcopy(arguments))
    work.state.waiting = call
    work.calls.append(call)


def _argument(value: Any, values: Mapping[str, Any]) -> Any:
    if not isinstance(value, str):
        return value
    return value[1:] if value.startswith("=") else look_up(value, values)
