"""What each kind of step does when its run has the floor."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

from samspill.flows.calls import call_tool, confirmed
from samspill.flows.conditions import holds
from samspill.flows.flow import (
    Ask,
    AskAgain,
    Branch,
    CallTool,
    Confirm,
    End,
    Flow,
    GiveToPerson,
    Link,
    Slot,
    Step,
    Tell,
    Verify,
)
from samspill.flows.handover import hand_over
from samspill.flows.repairs import forget, not_again
from samspill.flows.state import Choice, Question, Run
from samspill.flows.texts import fill
from samspill.flows.work import Work

CONFIRM = "_confirm"
PERSON = "_person"
CALLBACK = "_callback"  # a button that the chat answers itself, with a form: nobody need be there to read it


def perform(work: Work, run: Run) -> None:
    """Moves a run by one step."""
    flow = work.flow(run)
    step = flow.steps.get(run.step) if flow else None
    if flow is None or step is None:
        work.finish(run, "done")
    else:
        _DOING[type(step)](work, run, flow, step)


def _ask(work: Work, run: Run, flow: Flow, step: Ask) -> None:
    slot = flow.slots[step.slot]
    if slot.personal and not work.state.consent.get("service"):
        _guard(work, run, "_consent", {"purpose": "service"})
    elif step.slot in run.slots or slot.optional:
        _pass(run, step)
    else:
        _put(work, run, slot)


def _put(work: Work, run: Run, slot: Slot) -> None:
    choices = work.choices(run, slot)
    if slot.choices_from and not choices:
        work.fail(run)
    elif slot.type == "order_line" and len(choices) == 1:
        run.slots[slot.name] = choices[0].value
    else:
        work.ask(run, Question(run=run.id, slot=slot.name, type=slot.type, choices=choices), slot.ask)


def _pass(run: Run, step: Step) -> None:
    if step.id not in run.passed:
        run.passed.append(step.id)
    run.step = step.next


def _guard(work: Work, run: Run, name: str, data: Mapping[str, Any]) -> None:
    """Has another flow clear the way, once; if it could not, this run ends."""
    if name in run.guarded:
        work.finish(run, "given_up")
    else:
        run.guarded.append(name)
        work.push(name, data)


def _verify(work: Work, run: Run, flow: Flow, step: Verify) -> None:
    if not work.state.consent.get("service"):
        _guard(work, run, "_consent", {"purpose": "service"})
    elif step.slot not in run.slots:
        _put(work, run, flow.slots[step.slot])
    elif work.state.verified:
        _pass(run, step)
    else:
        _guard(work, run, "_verify", {"key": run.slots[step.slot]})


def _tell(work: Work, run: Run, flow: Flow, step: Tell) -> None:
    choices = [Choice(label=work.word("person"), value=PERSON)] if step.offer_person else []
    if step.offer_callback and work.state.known.get("callbacks"):
        choices.append(Choice(label=work.word("callback"), value=CALLBACK))
    card, source = work.card(run, step.card), work.card(run, step.source)
    link = {name: str((source or {}).get(name, "")) for name in ("title", "url")} if source else None
    work.say(run, step.text, step.id, choices=choices, card=card, source=link)
    run.step = step.next


def _confirm(work: Work, run: Run, flow: Flow, step: Confirm) -> None:
    if confirmed(run, step.id):
        run.step = step.next
        return
    run.shown = copy.deepcopy(run.values())
    work.ask(run, Question(run=run.id, slot=CONFIRM, type="yes_no", choices=work.yes_no()), step.text)


def _branch(work: Work, run: Run, flow: Flow, step: Branch) -> None:
    values = {**work.state.known, **run.values()}
    run.step = step.then if holds(step.condition, values) else step.otherwise


def _link(work: Work, run: Run, flow: Flow, step: Link) -> None:
    target = work.catalogue.find(fill(step.flow, run.values(), work.state.language))
    slots, interrupted = dict(run.slots), run.interrupted
    if target is None or target.name == "_handover":
        work.finish(run, "done")
        return
    work.leave(run, "done")
    following = work.push(target.name, run.data if target.reserved else {})
    if following:
        following.interrupted = interrupted
        following.slots = {name: value for name, value in slots.items() if _fits(flow, target, name)}


def _fits(flow: Flow, target: Flow, name: str) -> bool:
    return name in flow.slots and name in target.slots and flow.slots[name].type == target.slots[name].type


def _give(work: Work, run: Run, flow: Flow, step: GiveToPerson) -> None:
    hand_over(work, step.reason)


def _ask_again(work: Work, run: Run, flow: Flow, step: AskAgain) -> None:
    run.step = flow.where_asked(step.slot)
    run.guarded = []
    forget(run, flow, step.slot)
    not_again(work, run, step.slot)


def _end(work: Work, run: Run, flow: Flow, step: End) -> None:
    work.finish(run, "done")


_DOING: Mapping[type[Step], Callable[[Work, Run, Flow, Any], None]] = {
    Ask: _ask,
    AskAgain: _ask_again,
    Verify: _verify,
    CallTool: call_tool,
    Tell: _tell,
    Confirm: _confirm,
    Branch: _branch,
    Link: _link,
    GiveToPerson: _give,
    End: _end,
}
