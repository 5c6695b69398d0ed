"""Reads a flow file; says every mistake at once, with its line and what is allowed instead."""

from dataclasses import dataclass, field
from typing import Any

from samspill.flows.check import check
from samspill.flows.flow import SLOT_TYPES, Flow, Option, Slot, Texts
from samspill.flows.layout import Layout
from samspill.flows.lined import Lined, read_documents
from samspill.flows.problems import FlowProblems, Problem, unknown

FLOW_FIELDS = frozenset({"flow", "title", "about", "examples", "slots", "steps", "terms"})
SLOT_FIELDS = frozenset(
    {"type", "label", "ask", "help", "invalid", "choices", "choices_from", "personal", "optional"}
)
CHOICE_FIELDS = frozenset({"value", "label", "words"})


def read_flows(text: str, file: str = "flow.yml") -> list[Flow]:
    """The flows of a file; raises FlowProblems that lists all that is wrong."""
    problems: list[Problem] = []
    flows = [_Reader(file, problems).flow(document) for document in read_documents(text, file)]
    if not flows:
        problems.append(Problem(file, 0, "The file holds no flow. It starts with “flow: name”."))
    if problems:
        raise FlowProblems(problems)
    return flows


@dataclass
class _Reader:
    file: str
    problems: list[Problem]
    layout: Layout = field(init=False)

    def __post_init__(self) -> None:
        self.layout = Layout(self.complain)

    def complain(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.file, line, message))

    def flow(self, document: Any) -> Flow:
        if not isinstance(document, Lined) or "flow" not in document:
            self.complain(getattr(document, "line", 1), "A flow starts with “flow: name”.")
            return Flow("", "", {}, {})
        self._only(document, FLOW_FIELDS, "a field of a flow")
        slots = self._slots(document)
        first = self.layout.block(document.get("steps", []), "", "", "", document.line_of("steps"))
        flow = self._assemble(document, first, slots)
        for line, message in check(flow, self.layout.line_of, document):
            self.complain(line, message)
        return flow

    def _assemble(self, document: Lined, first: str, slots: dict[str, Slot]) -> Flow:
        return Flow(
            name=self.layout.word(document, "flow"),
            first=first,
            steps=self.layout.steps,
            slots=slots,
            title=self._texts(document, "title"),
            about=self._texts(document, "about"),
            examples=self._phrases(document, "examples"),
            terms={
                term: self._texts(terms, term) for terms in [self._pairs(document, "terms")] for term in terms
            },
        )

    def _slots(self, document: Lined) -> dict[str, Slot]:
        slots = self._pairs(document, "slots")
        return {name: self._slot(name, slots[name], slots.line_of(name)) for name in slots}

    def _slot(self, name: str, body: Any, line: int) -> Slot:
        if not isinstance(body, Lined):
            self.complain(line, f"The slot “{name}” needs at least a type: “type: text”.")
            return Slot(name, "text")
        self._only(body, SLOT_FIELDS, f"a field of the slot “{name}”")
        type = self.layout.word(body, "type")
        if type not in SLOT_TYPES:
            self.complain(body.line_of("type"), unknown("a type of slot", type, SLOT_TYPES))
        return Slot(
            name=name,
            type=type,
            label=self._texts(body, "label"),
            ask=self._texts(body, "ask"),
            help=self._texts(body, "help"),
            invalid=self._texts(body, "invalid"),
            choices=self._choices(body),
            choices_from=self.layout.word(body, "choices_from"),
            personal=body.get("personal") is True,
            optional=body.get("optional") is True,
        )

    def _choices(self, body: Lined) -> tuple[Option, ...]:
        rows = body.get("choices", [])
        if not isinstance(rows, list) or not all(isinstance(row, Lined) and row.get("value") for row in rows):
            self.complain(body.line_of("choices"), "Choices are a list of “- value: …” with a “label”.")
            return ()
        for row in rows:
            self._only(row, CHOICE_FIELDS, "a field of a choice")
        return tuple(
            Option(str(row["value"]), self._texts(row, "label"), self._phrases(row, "words")) for row in rows
        )

    def _texts(self, owner: Lined, key: str) -> Texts:
        return self.layout.texts(owner[key], owner.line_of(key)) if key in owner else {}

    def _pairs(self, owner: Lined, key: str) -> Lined:
        found = owner.get(key)
        if isinstance(found, Lined):
            return found
        if found is not None:
            self.complain(owner.line_of(key), f"“{key}” holds “name: …” pairs.")
        empty = Lined()
        empty.lines = {}
        return empty

    def _phrases(self, owner: Lined, key: str) -> dict[str, tuple[str, ...]]:
        pairs = self._pairs(owner, key)
        for language, phrases in pairs.items():
            if not isinstance(phrases, list) or not all(isinstance(phrase, str) for phrase in phrases):
                self.complain(
                    pairs.line_of(language), f"“{key}” is a list per language: “en: [one, another]”."
                )
                return {}
        return {language: tuple(phrases) for language, phrases in pairs.items()}

    def _only(self, owner: Lined, allowed: frozenset[str], what: str) -> None:
        for key in owner.keys() - allowed:
            self.complain(owner.line_of(key), unknown(what, key, allowed))
