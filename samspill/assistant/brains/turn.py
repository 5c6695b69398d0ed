"""What a brain gets to see, and what it must give back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from samspill.flows.catalogue import Catalogue
from samspill.flows.commands import Command
from samspill.flows.flow import Slot
from samspill.flows.state import Run, State
from samspill.flows.values import Surroundings

MAX_TEXT = 2_000


@dataclass(frozen=True)
class Message:
    """An earlier message of the conversation."""

    author: Literal["customer", "assistant", "agent"]
    text: str


@dataclass(frozen=True)
class Article:
    """A help article that may matter to this turn."""

    title: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Turn:
    """One message of a customer and everything known around it."""

    text: str
    language: str
    state: State
    catalogue: Catalogue
    recent: Sequence[Message] = ()
    articles: Sequence[Article] = ()
    vector: NDArray[np.float32] | None = None
    pressed: str = ""
    on_record: Sequence[str] = ()  # what the customer is known by; it is kept back from language models

    @property
    def open_run(self) -> Run | None:
        """The run that asked the open question."""
        asking = self.state.asking
        return next((run for run in self.state.stack if asking and run.id == asking.run), None)

    @property
    def open_slot(self) -> Slot | None:
        """The slot of the open question; a confirmation counts as a yes-or-no slot."""
        asking, run = self.state.asking, self.open_run
        if asking is None or run is None:
            return None
        return self.catalogue.slot(run.flow, asking.slot) or Slot(asking.slot, asking.type)

    @property
    def around(self) -> Surroundings:
        """What answers to the open question are read against."""
        return self.catalogue.around(self.state, self.open_run)


class Brain(Protocol):
    """Decides what a turn means; it never acts."""

    name: str

    def decide(self, turn: Turn) -> list[Command]:
        """The commands this turn amounts to."""
        ...


@dataclass(frozen=True)
class Read:
    """What the intent model made of the message; no intent where it knows none."""

    intent: str
    confidence: float
    zone: str


@dataclass(frozen=True)
class Decision:
    """What was decided, by whom, how sure, and why another brain had to step in."""

    commands: list[Command]
    brain: str
    confidence: float | None = None
    fell_back: str = ""
    read: Read | None = None
    milliseconds: dict[str, int] = field(default_factory=dict)
