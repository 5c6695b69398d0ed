"""The engine's desk during one turn: the state under change, and what comes of it."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from samspill.flows.catalogue import Catalogue
from samspill.flows.flow import Flow, Slot, Texts
from samspill.flows.state import Call, Choice, Finished, Question, Run, Say, State
from samspill.flows.texts import fill, look_up, pick
from samspill.flows.values import choices_of

MAX_STACK = 8
MAX_FINISHED = 20

How = Literal["done", "cancelled", "handed_over", "given_up"]


@dataclass
class Work:
    """What the commands of one turn change; thrown away when the turn is over."""

    state: State
    catalogue: Catalogue
    says: list[Say] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    asked: bool = False

    @property
    def resting(self) -> bool:
        """True when only the customer or a tool can bring things forward."""
        return self.asked or self.state.waiting is not None or not self.state.stack

    @property
    def top(self) -> Run:
        """The run that has the floor."""
        return self.state.stack[-1]

    def flow(self, run: Run) -> Flow | None:
        """The flow of a run; None when it was removed since."""
        return self.catalogue.find(run.flow)

    def run(self, id: str) -> Run | None:
        """The open run with this id."""
        return next((run for run in self.state.stack if run.id == id), None)

    def push(self, name: str, data: Mapping[str, Any] | None = None) -> Run | None:
        """Gives a flow the floor; a repair that already has it starts afresh."""
        flow = self.catalogue.find(name)
        if flow is None:
            return None
        if flow.reserved and self.state.stack and self.top.flow == name:
            self.state.stack.pop()
        self.state.counter += 1
        run = Run(
            id=f"r{self.state.counter}", flow=name, step=flow.first, data=copy.deepcopy(dict(data or {}))
        )
        self.state.stack.append(run)
        if len(self.state.stack) > MAX_STACK:
            self.leave(self.state.stack[0], "given_up")
        return run

    def leave(self, run: Run, how: How) -> None:
        """Takes a run off the stack and keeps its facts."""
        self.state.stack = [other for other in self.state.stack if other.id != run.id]
        if self.state.asking and self.state.asking.run == run.id:
            self.state.asking = None
        if not run.flow.startswith("_"):
            done = Finished(flow=run.flow, slots=dict(run.slots), how=how)
            self.state.finished = [*self.state.finished, done][-MAX_FINISHED:]

    def finish(self, run: Run, how: How) -> None:
        """Ends a run; the flow it had interrupted is named before it goes on."""
        self.leave(run, how)
        if run.flow == "_handover":
            self.state.handed_over = str(run.data.get("reason", "asked"))
        if self.state.stack and self.top.interrupted and not run.flow.startswith("_"):
            self.top.interrupted = False
            self.push("_digression", {"title": self.title(self._base())})

    def _base(self) -> Run:
        return next((run for run in reversed(self.state.stack) if not run.flow.startswith("_")), self.top)

    def title(self, run: Run) -> str:
        """What the flow of a run is called in the customer's language."""
        flow = self.flow(run)
        return pick(flow.title, self.state.language) if flow else ""

    def fail(self, run: Run) -> None:
        """Ends a run that cannot go on for reasons the customer has no part in."""
        self.finish(run, "given_up")
        if run.flow == "_handover":
            self.state.handed_over = ""
        self.push("_unavailable" if run.flow == "_handover" else "_failed")

    def abandon(self) -> None:
        """Stops flows that lead each other in circles."""
        for run in list(self.state.stack):
            self.leave(run, "given_up")
        self.says = self.says[:10]
        self.state.asking = None

    def say(self, run: Run, texts: Texts, key: str, **extras: Any) -> None:
        """Adds a sentence, filled with what the run knows."""
        flow = self.flow(run)
        text = fill(
            pick(texts, self.state.language), self.shown(run), self.state.language, flow.terms if flow else {}
        )
        if text:
            self.says.append(Say(key=f"{run.flow}/{key}", text=text, **extras))

    def ask(self, run: Run, question: Question, texts: Texts) -> None:
        """Puts the one open question."""
        self.state.asking = question
        self.asked = True
        self.say(run, texts, question.slot, choices=question.choices)

    def shown(self, run: Run) -> dict[str, Any]:
        """The run's values as a customer reads them: choices by their label."""
        flow = self.flow(run)
        slots = flow.slots if flow else {}
        shown = {
            name: self.label(run, slots[name], value) for name, value in run.slots.items() if name in slots
        }
        return {**self.state.known, "today": self.state.now, **run.values(), **shown}

    def label(self, run: Run, slot: Slot, value: Any) -> Any:
        """A value in words where the slot has words for it."""
        options = self.choices(run, slot)
        return next((option.label for option in options if option.value == str(value)), value)

    def choices(self, run: Run, slot: Slot) -> list[Choice]:
        """The buttons under a question about this slot."""
        if slot.type == "yes_no":
            return self.yes_no()
        return choices_of(slot, self.catalogue.around(self.state, run))

    def yes_no(self) -> list[Choice]:
        """The two buttons of a yes-or-no question."""
        return [Choice(label=self.word(value), value=value) for value in ("yes", "no")]

    def word(self, term: str) -> str:
        """A word of the engine's own in the customer's language."""
        return pick(self.catalogue.term(term), self.state.language) or term

    def card(self, run: Run, path: str) -> dict[str, Any] | None:
        """The data behind a card, when there is any."""
        found = look_up(path, run.values()) if path else None
        return dict(found) if isinstance(found, Mapping) else None
