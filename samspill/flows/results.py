"""What a tool gave back, brought into the run that asked for it."""

import copy

from samspill.flows.flow import CallTool
from samspill.flows.state import Call, Result, Run
from samspill.flows.tools import Tool
from samspill.flows.work import Work

FAILED = "failed"


def take_result(work: Work, result: Result) -> None:
    """Moves the waiting run on; a result nobody waits for is ignored."""
    call = work.state.waiting
    if call is None or call.id != result.id:
        return
    work.state.waiting = None
    run = work.run(call.run)
    flow = work.flow(run) if run else None
    step = flow.steps.get(call.step) if flow else None
    tool = work.catalogue.tools.get(call.tool)
    if run and tool and isinstance(step, CallTool):
        _learn(work, run, step, tool, call, result)
        _go_on(work, run, step, tool, result)
    elif run:
        work.fail(run)


def _learn(work: Work, run: Run, step: CallTool, tool: Tool, call: Call, result: Result) -> None:
    if result.outcome == FAILED:
        return
    if step.into:
        run.data[step.into] = copy.deepcopy(result.data)
    if tool.acting:
        _mark(run, step, tool, result)
    if tool.name == "consent.record":
        work.state.consent[str(call.arguments.get("purpose"))] = call.arguments.get("given") is True
    if tool.name == "identity.check" and result.outcome == "verified":
        work.state.verified = _contact(result)


def _mark(run: Run, step: CallTool, tool: Tool, result: Result) -> None:
    """A refusal is an answer too: asking once more is a new act with a new id."""
    if result.outcome in ("", tool.outcomes[0]):
        run.acted.append(step.id)
    else:
        run.attempts[step.id] = run.attempts.get(step.id, 0) + 1


def _contact(result: Result) -> str:
    found = result.data.get("contact") if isinstance(result.data, dict) else None
    return str(found or "yes")


def _go_on(work: Work, run: Run, step: CallTool, tool: Tool, result: Result) -> None:
    outcome = result.outcome or tool.outcomes[0]
    if outcome in step.when:
        run.step = step.when[outcome]
    elif outcome == tool.outcomes[0]:
        run.step = step.next
    else:
        work.fail(run)
