"""What customers do besides answering: they start, stop, wander off, and are not understood."""

from collections.abc import Sequence

from samspill.flows.flow import Flow
from samspill.flows.state import Run
from samspill.flows.texts import pick
from samspill.flows.work import Work

# The reserved flows a brain may start; all others are the engine's own business.
TALK = frozenset(
    {
        "_greeting",
        "_thanks",
        "_goodbye",
        "_small_talk",
        "_what_can_you_do",
        "_unknown",
        "_complaint",
        "_offer_person",
    }
)
MAX_ATTEMPTS = 3
MAX_MISSES = 2


def start(work: Work, name: str) -> None:
    """Gives a flow the floor; one that is open already comes back to the front."""
    flow = work.catalogue.find(name)
    if flow is None or not flow.steps or (flow.reserved and name not in TALK):
        clarify(work, ())
        return
    work.state.misses = 0
    if not _bring_back(work, name):
        _begin(work, flow)


def _begin(work: Work, flow: Flow) -> None:
    if work.state.stack and not flow.reserved:
        work.top.interrupted = True
    run = work.push(flow.name, {"abilities": abilities(work)} if flow.reserved else {})
    if run:
        work.fresh.append(run.id)


def _bring_back(work: Work, name: str) -> bool:
    """Moves an open run and the repairs that serve it to the top."""
    stack = work.state.stack
    start = next((place for place, run in enumerate(stack) if run.flow == name), None)
    if start is None:
        return False
    end = next(
        (place for place in range(start + 1, len(stack)) if not stack[place].flow.startswith("_")), len(stack)
    )
    work.state.stack = stack[:start] + stack[end:] + stack[start:end]
    work.top.interrupted = False
    return True


def abilities(work: Work) -> list[str]:
    """What the assistant can do, as sentences in the customer's language."""
    return [f"• {pick(flow.about, work.state.language)}" for flow in work.catalogue.offered()]


def cancel(work: Work) -> None:
    """Stops the flow that has the floor; the one before it goes on."""
    while work.state.stack:
        run = work.top
        work.finish(run, "cancelled")
        if not run.flow.startswith("_"):
            break
    work.push("_cancelled")


def clarify(work: Work, names: Sequence[str]) -> None:
    """Asks which of these flows is meant; offers a person when nothing is understood twice."""
    flows = [
        flow for name in dict.fromkeys(names) if (flow := work.catalogue.find(name)) and not flow.reserved
    ][:3]
    if flows:
        options = [{"value": flow.name, "label": pick(flow.title, work.state.language)} for flow in flows]
        work.push("_clarify", {"options": options})
        return
    work.state.misses += 1
    if work.state.misses < MAX_MISSES:
        work.push("_not_understood")
    else:
        work.state.misses = 0
        work.push("_offer_person")


def answer(work: Work, question: str) -> None:
    """Looks the question up; the open question is asked again afterwards."""
    work.state.misses = 0
    work.push("_answer", {"question": question[:1_000]})


def forget(run: Run, flow: Flow, slot: str) -> None:
    """Empties a slot and everything that was derived from it, and every yes given so far."""
    for name in flow.depending_on(slot):
        run.slots.pop(name, None)
        run.data.pop(name, None)
    run.confirmed = {}
    run.shown = None


def not_again(work: Work, run: Run, slot: str) -> int:
    """Counts a failed answer; from the third on a person is offered. Returns the count."""
    count = run.attempts.get(slot, 0) + 1
    run.attempts[slot] = count % MAX_ATTEMPTS
    if count >= MAX_ATTEMPTS:
        work.push("_offer_person")
    return count
