"""A flow as the engine sees it: slots, and steps that know their successor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Texts = Mapping[str, str]

LANGUAGES = ("nb", "de", "zh-Hant", "en")
PHRASE_LANGUAGES = ("da", "sv", "fr", "es", "nl", "fi", "pl", "it", "pt", "ja", "ko")
SLOT_TYPES = (
    "text",
    "choice",
    "yes_no",
    "order_number",
    "order_line",
    "email",
    "phone",
    "number",
    "date",
    "time",
    "moment",
    "country",
    "code",
)


@dataclass(frozen=True)
class Option:
    """One answer of a choice: what it means, what the button says, what else people write."""

    value: str
    label: Texts
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Slot:
    """Something the flow needs to know."""

    name: str
    type: str
    label: Texts = field(default_factory=dict)
    ask: Texts = field(default_factory=dict)
    help: Texts = field(default_factory=dict)
    invalid: Texts = field(default_factory=dict)
    choices: tuple[Option, ...] = ()
    choices_from: str = ""
    personal: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Step:
    """A place in a flow; `next` is the id of the place after it, empty at the end."""

    id: str
    next: str = ""


@dataclass(frozen=True)
class Ask(Step):
    """Collects one slot, unless it is known already."""

    slot: str = ""


@dataclass(frozen=True)
class AskAgain(Step):
    """Forgets a slot and goes back to where it was asked."""

    slot: str = ""


@dataclass(frozen=True)
class Verify(Step):
    """Lets nobody pass whose identity is not proven; the code goes to the address behind the slot."""

    slot: str = ""


@dataclass(frozen=True)
class CallTool(Step):
    """Has a tool do something and goes on by its outcome."""

    tool: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    into: str = ""
    when: Mapping[str, str] = field(default_factory=dict)
    confirm: str = ""


@dataclass(frozen=True)
class Tell(Step):
    """Says something."""

    text: Texts = field(default_factory=dict)
    card: str = ""
    source: str = ""
    offer_person: bool = False
    offer_callback: bool = False


@dataclass(frozen=True)
class Confirm(Step):
    """Sums up and waits for a yes before anything is done."""

    text: Texts = field(default_factory=dict)
    no: str = ""


@dataclass(frozen=True)
class Branch(Step):
    """Goes one of two ways."""

    condition: str = ""
    then: str = ""
    otherwise: str = ""


@dataclass(frozen=True)
class Link(Step):
    """Ends here and goes on with another flow, which inherits slots of the same name."""

    flow: str = ""


@dataclass(frozen=True)
class GiveToPerson(Step):
    """Hands the conversation to a person."""

    reason: str = "flow"


@dataclass(frozen=True)
class End(Step):
    """Nothing more to do in this run."""


@dataclass(frozen=True)
class Flow:
    """A dialogue that can be run."""

    name: str
    first: str
    steps: Mapping[str, Step]
    slots: Mapping[str, Slot]
    title: Texts = field(default_factory=dict)
    about: Texts = field(default_factory=dict)
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    terms: Mapping[str, Texts] = field(default_factory=dict)

    @property
    def reserved(self) -> bool:
        """True for the repair flows the engine itself starts."""
        return self.name.startswith("_")

    def depending_on(self, name: str) -> frozenset[str]:
        """The slot or data name and everything derived from it through calls and choices."""
        found = {name}
        while True:
            more = {into for source, into in self._derivations() if source in found} - found
            if not more:
                return frozenset(found)
            found |= more

    def _derivations(self) -> list[tuple[str, str]]:
        calls = [step for step in self.steps.values() if isinstance(step, CallTool) and step.into]
        pairs = [(root(value), call.into) for call in calls for value in call.arguments.values()]
        chosen = [(root(slot.choices_from), slot.name) for slot in self.slots.values() if slot.choices_from]
        return pairs + chosen

    def where_asked(self, slot: str) -> str:
        """The id of the first step that collects the slot, empty when none does."""
        asking = (
            step.id for step in self.steps.values() if isinstance(step, Ask | Verify) and step.slot == slot
        )
        return next(asking, "")


def root(path: object) -> str:
    """The first name of a dotted path: `order.lines` depends on `order`."""
    return path.split(".")[0] if isinstance(path, str) else ""
