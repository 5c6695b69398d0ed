"""From assistant to person: with a summary and the facts, so that the customer never repeats himself."""

from collections.abc import Mapping

from samspill.flows.catalogue import Catalogue
from samspill.flows.commands import REASONS, Value
from samspill.flows.state import State
from samspill.flows.texts import pick
from samspill.flows.values import choices_of
from samspill.flows.work import Work


def hand_over(work: Work, reason: str) -> None:
    """Ends every run and lets the `_handover` flow pass the conversation on."""
    known = reason if reason in REASONS else "asked"
    language = work.state.known.get("desk_language") or work.state.language
    data = {
        "reason": known,
        "summary": summarise(work.state, work.catalogue, language),
        "facts": [fact.model_dump(mode="json") for fact in work.state.facts()],
    }
    for run in reversed(list(work.state.stack)):
        work.leave(run, "handed_over")
    work.push("_handover", data)


def summarise(state: State, catalogue: Catalogue, language: str) -> str:
    """What the customer wanted and said, one line a flow; the same state gives the same words."""
    done = [(run.flow, run.slots) for run in state.finished] + [(run.flow, run.slots) for run in state.stack]
    lines = [_line(catalogue, flow, slots, language) for flow, slots in done if not flow.startswith("_")]
    verified = pick(catalogue.term("verified" if state.verified else "not_verified"), language)
    return "\n".join([*dict.fromkeys(lines), verified])


def _line(catalogue: Catalogue, name: str, slots: Mapping[str, Value], language: str) -> str:
    flow = catalogue.find(name)
    title = pick(flow.title, language) if flow else name
    facts = [_fact(catalogue, name, slot, value, language) for slot, value in slots.items()]
    return f"{title}: {'; '.join(facts)}" if facts else title


def _fact(catalogue: Catalogue, flow: str, name: str, value: Value, language: str) -> str:
    slot = catalogue.slot(flow, name)
    if slot is None:
        return f"{name} {value}"
    options = choices_of(slot, catalogue.around(State(language=language)))
    if slot.type == "yes_no":
        value = pick(catalogue.term("yes" if value else "no"), language)
    shown = next((option.label for option in options if option.value == str(value)), value)
    return f"{pick(slot.label, language) or name} {shown}"
