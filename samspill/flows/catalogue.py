"""All flows a workspace has: those that ship, and the owner's in place of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from samspill.flows.flow import Flow, Link, Slot
from samspill.flows.parse import read_flows
from samspill.flows.problems import FlowProblems, Problem, unknown
from samspill.flows.state import Run, State
from samspill.flows.tools import STANDARD, Tool
from samspill.flows.values import Surroundings
from samspill.intelligence.entities.numbers import OrderNumbers


@dataclass(frozen=True)
class Catalogue:
    """What the engine and the brains can work with."""

    flows: Mapping[str, Flow]
    numbers: OrderNumbers = field(default_factory=OrderNumbers)
    tools: Mapping[str, Tool] = field(default_factory=lambda: STANDARD)

    def find(self, name: str) -> Flow | None:
        """The flow of this name, or None."""
        return self.flows.get(name)

    def offered(self) -> list[Flow]:
        """The flows a customer can ask for, in the order of their names."""
        return [self.flows[name] for name in sorted(self.flows) if not self.flows[name].reserved]

    def slot(self, flow: str, name: str) -> Slot | None:
        """The slot of a flow, or None."""
        found = self.flows.get(flow)
        return found.slots.get(name) if found else None

    def around(self, state: State, run: Run | None = None) -> Surroundings:
        """What an answer is read against, in this conversation and run."""
        data, country = run.values() if run else {}, state.known.get("country") or "NO"
        return Surroundings(state.language, state.now, self.numbers, data, str(country))

    def term(self, name: str) -> Mapping[str, str]:
        """A word the engine itself needs, such as the label of the yes button."""
        words = self.flows.get("_words")
        return words.terms.get(name, {}) if words else {}


def build(
    own: Iterable[Flow] = (), *, numbers: OrderNumbers | None = None, only: Iterable[str] | None = None
) -> Catalogue:
    """The shipped flows with the owner's in their place; `only` names the flows that are switched on."""
    flows = {flow.name: flow for flow in [*library(), *own]}
    if only is not None:
        wanted = set(only)
        flows = {name: flow for name, flow in flows.items() if flow.reserved or name in wanted}
    return Catalogue(flows, numbers or OrderNumbers())


@cache
def library() -> tuple[Flow, ...]:
    """The flows that ship with the product."""
    files = sorted(
        resources.files("samspill.flows").joinpath("library").iterdir(), key=lambda file: file.name
    )
    read = (
        read_flows(file.read_text(encoding="utf-8"), file.name)
        for file in files
        if file.name.endswith(".yml")
    )
    return tuple(flow for flows in read for flow in flows)


def check_links(catalogue: Catalogue, flows: Iterable[Flow], file: str) -> None:
    """Raises FlowProblems for links from these flows that lead nowhere."""
    links = [step.flow for flow in flows for step in flow.steps.values() if isinstance(step, Link)]
    lost = [name for name in links if name not in catalogue.flows and not name.startswith("{")]
    if lost:
        raise FlowProblems(Problem(file, 0, unknown("a flow", name, catalogue.flows)) for name in lost)
