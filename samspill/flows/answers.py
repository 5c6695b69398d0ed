"""A value for a slot: the answer to the open question, something said early, or a correction."""

from samspill.flows.calls import unchanged
from samspill.flows.commands import Value
from samspill.flows.flow import Confirm, Flow, Slot, Texts
from samspill.flows.repairs import forget, not_again
from samspill.flows.state import Run
from samspill.flows.steps import CONFIRM
from samspill.flows.texts import pick
from samspill.flows.values import accept
from samspill.flows.work import Work

_YES_NO = Slot(CONFIRM, "yes_no")


def take_answer(work: Work, name: str, raw: Value) -> None:
    """Puts a value where it belongs; a value that fits nowhere changes nothing."""
    if name == CONFIRM:
        _answer_confirm(work, raw)
        return
    run = _owner(work, name)
    flow = work.flow(run) if run else None
    if run is None or flow is None:
        return
    value = accept(flow.slots[name], raw, work.catalogue.around(work.state, run))
    if value is None:
        _refuse(work, run, flow.slots[name])
    elif name not in run.slots:
        _fill(work, run, name, value)
    elif run.slots[name] != value:
        _correct(work, run, flow, name, value)


def _owner(work: Work, name: str) -> Run | None:
    """The run this slot belongs to: one just started, the one that asked, or the nearest to the top."""
    asking = work.state.asking
    fresh = [work.run(id) for id in reversed(work.fresh)]
    asked = [work.run(asking.run)] if asking and asking.slot == name else []
    for run in [*fresh, *asked, *reversed(work.state.stack)]:
        flow = work.flow(run) if run else None
        if flow and name in flow.slots:
            return run
    return None


def _fill(work: Work, run: Run, name: str, value: Value) -> None:
    run.slots[name] = value
    run.attempts.pop(name, None)
    work.state.misses = 0


def _refuse(work: Work, run: Run, slot: Slot) -> None:
    asking = work.state.asking
    if not (asking and asking.run == run.id and asking.slot == slot.name):
        work.say(run, slot.invalid, f"{slot.name}/invalid")
        return
    count = not_again(work, run, slot.name)
    if count == 1:
        work.say(run, slot.invalid or work.catalogue.term("invalid"), f"{slot.name}/invalid")
    elif count == 2:
        work.say(run, slot.help or work.catalogue.term("help"), f"{slot.name}/help")


def _correct(work: Work, run: Run, flow: Flow, name: str, value: Value) -> None:
    if run.acted:
        work.push("_too_late")
        return
    _clear_above(work, run)
    forget(run, flow, name)
    _fill(work, run, name, value)
    _rewind(run, flow, name)
    label: Texts = flow.slots[name].label
    shown = work.label(run, flow.slots[name], value)
    work.push("_corrected", {"label": pick(label, work.state.language), "value": shown})


def _rewind(run: Run, flow: Flow, name: str) -> None:
    """Back to where the slot was asked, but never forward over steps not taken yet."""
    asked = flow.where_asked(name)
    if asked in run.passed:
        run.step = asked
        run.guarded = []


def _clear_above(work: Work, run: Run) -> None:
    """Ends the repairs that served the run with its old value, such as a code on its way."""
    place = work.state.stack.index(run)
    for other in work.state.stack[place + 1 :]:
        if not other.flow.startswith("_"):
            return
        work.leave(other, "given_up")
        run.guarded = []


def _answer_confirm(work: Work, raw: Value) -> None:
    asking = work.state.asking
    run = work.run(asking.run) if asking and asking.slot == CONFIRM else None
    flow = work.flow(run) if run else None
    step = flow.steps.get(run.step) if flow and run else None
    if run is None or not isinstance(step, Confirm):
        return
    yes = accept(_YES_NO, raw, work.catalogue.around(work.state))
    if yes is None:
        _refuse(work, run, _YES_NO)
    elif not yes:
        _decline(work, run, step)
    elif run.shown is not None and unchanged(run, run.shown):
        run.confirmed[step.id] = run.shown


def _decline(work: Work, run: Run, step: Confirm) -> None:
    run.shown = None
    if step.no:
        run.step = step.no
        return
    work.finish(run, "cancelled")
    work.push("_cancelled")
