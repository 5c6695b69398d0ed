"""What the shape of a file cannot show: names that lead nowhere, missing languages, acting without a yes."""

import re
from collections.abc import Iterator, Mapping

from samspill.flows.commands import REASONS
from samspill.flows.conditions import path_of
from samspill.flows.flow import (
    Ask,
    AskAgain,
    Branch,
    CallTool,
    Confirm,
    Flow,
    GiveToPerson,
    Slot,
    Step,
    Tell,
    Texts,
    Verify,
    root,
)
from samspill.flows.lined import Lined
from samspill.flows.problems import unknown
from samspill.flows.texts import FILTERS, placeholders
from samspill.flows.tools import STANDARD

Found = tuple[int, str]

# What the engine itself puts at the disposal of every sentence, or hands to the repair flows it starts.
ALWAYS = frozenset({"company", "assistant", "name", "today"})
GIVEN = frozenset(
    {
        "title",
        "label",
        "value",
        "options",
        "question",
        "reason",
        "summary",
        "facts",
        "key",
        "abilities",
        "purpose",
    }
)
_NAME = re.compile(r"_?[a-z][a-z0-9_]*")


def check(flow: Flow, line_of: Mapping[str, int], document: Lined) -> Iterator[Found]:
    """Every mistake in a flow that is well formed, as (line, message)."""
    yield from _named(flow, document)
    for slot in flow.slots.values():
        yield from ((_line(document, slot), message) for message in _slot(flow, slot))
    for id, step in flow.steps.items():
        yield from ((line_of.get(id, 0), message) for message in _step(flow, step))


def _line(document: Lined, slot: Slot) -> int:
    slots = document["slots"]
    return slots.line_of(slot.name) if isinstance(slots, Lined) else document.line


def _named(flow: Flow, document: Lined) -> Iterator[Found]:
    if not _NAME.fullmatch(flow.name):
        yield (
            document.line,
            f"“{flow.name}” cannot be a name: use small letters and _, such as “order_status”.",
        )
    if not flow.reserved and not (flow.title and flow.about and flow.examples):
        yield document.line, "A flow needs “title”, “about” and “examples”, so that customers can find it."
    if not flow.steps and not flow.terms:
        yield document.line, "A flow needs “steps”."


def _slot(flow: Flow, slot: Slot) -> Iterator[str]:
    asked = any(isinstance(step, Ask | Verify) and step.slot == slot.name for step in flow.steps.values())
    if asked and not slot.ask:
        yield f"The slot “{slot.name}” is asked but has no question: add “ask”."
    if slot.type == "choice" and not (slot.choices or slot.choices_from):
        yield f"The slot “{slot.name}” is a choice without “choices”."
    if slot.type == "order_line" and not slot.choices_from:
        yield f"The slot “{slot.name}” needs “choices_from”, such as “order.lines”."
    for field in ("label", "ask", "help", "invalid"):
        yield from _languages(flow, getattr(slot, field), f"“{field}” of the slot “{slot.name}”")
    yield from _mentions(flow, slot.ask)


def _step(flow: Flow, step: Step) -> Iterator[str]:
    if isinstance(step, Ask | AskAgain | Verify):
        yield from _slot_exists(flow, step.slot)
    if isinstance(step, Tell | Confirm):
        yield from _languages(flow, step.text, "this sentence")
        yield from _mentions(flow, step.text)
    if isinstance(step, Branch) and root(path_of(step.condition)) not in _names(flow):
        yield unknown("known here", root(path_of(step.condition)), _names(flow))
    if isinstance(step, GiveToPerson) and step.reason not in REASONS:
        yield unknown("a reason to hand over", step.reason, REASONS)
    if isinstance(step, CallTool):
        yield from _call(flow, step)


def _slot_exists(flow: Flow, name: str) -> Iterator[str]:
    if name not in flow.slots:
        yield unknown("a slot of this flow", name, flow.slots)
    elif not flow.where_asked(name):
        yield f"The slot “{name}” is never asked, so it cannot be asked again."


def _call(flow: Flow, step: CallTool) -> Iterator[str]:
    tool = STANDARD.get(step.tool)
    if tool is None:
        yield unknown("a tool", step.tool, STANDARD)
        return
    for name in step.arguments.keys() - set(tool.arguments):
        yield unknown(f"something “{tool.name}” takes", name, tool.arguments)
    for name in sorted(set(tool.arguments) - step.arguments.keys()):
        yield f"“{tool.name}” also needs “{name}” under “with”."
    for value in step.arguments.values():
        if isinstance(value, str) and not value.startswith("=") and root(value) not in _names(flow):
            yield unknown("known here (write “=text” for a fixed text)", value, _names(flow))
    for outcome in step.when.keys() - {*tool.outcomes, "failed"}:
        yield unknown(f"an outcome of “{tool.name}”", outcome, {*tool.outcomes, "failed"})
    for outcome in tool.outcomes[1:]:
        if outcome not in step.when:
            yield f"Say under “when” what happens if “{tool.name}” ends with “{outcome}”."
    if tool.acting and not step.confirm:
        yield f"“{tool.name}” changes something: put a “confirm” step before it."
    if tool.private and not any(isinstance(other, Verify) for other in flow.steps.values()):
        yield f"“{tool.name}” shows personal data: put a “verify” step before it."


def _names(flow: Flow) -> frozenset[str]:
    into = {step.into for step in flow.steps.values() if isinstance(step, CallTool) and step.into}
    return frozenset({*flow.slots, *into, *ALWAYS, *(GIVEN if flow.reserved else ())})


def _mentions(flow: Flow, texts: Texts) -> Iterator[str]:
    for path, filter in {found for sentence in texts.values() for found in placeholders(sentence)}:
        if root(path) not in _names(flow):
            yield unknown("something this sentence can mention", f"{{{path}}}", _names(flow))
        if filter and filter not in {*FILTERS, "term"}:
            yield unknown("a way to show a value", filter, {*FILTERS, "term"})


def _languages(flow: Flow, texts: Texts, what: str) -> Iterator[str]:
    missing = sorted(set(flow.title) - set(texts)) if texts else []
    if missing:
        yield f"{what[0].upper()}{what[1:]} is missing in: {', '.join(missing)}."
