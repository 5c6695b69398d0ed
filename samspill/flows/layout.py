"""Lays the nested steps of a flow file out as places that know their successor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from samspill.flows.conditions import well_formed
from samspill.flows.flow import (
    Ask,
    AskAgain,
    Branch,
    CallTool,
    Confirm,
    End,
    GiveToPerson,
    Link,
    Step,
    Tell,
    Texts,
    Verify,
)
from samspill.flows.lined import Lined
from samspill.flows.problems import unknown

Complain = Callable[[int, str], None]

FIELDS: Mapping[str, frozenset[str]] = {
    "ask": frozenset(),
    "ask_again": frozenset(),
    "verify": frozenset(),
    "call": frozenset({"with", "into", "when"}),
    "say": frozenset({"card", "source", "offer_person", "offer_callback"}),
    "confirm": frozenset({"no"}),
    "if": frozenset({"then", "else"}),
    "link": frozenset(),
    "hand_over": frozenset(),
    "end": frozenset(),
}


@dataclass
class Layout:
    """Builds the steps of one flow; `complain` collects what is wrong."""

    complain: Complain
    steps: dict[str, Step] = field(default_factory=dict)
    line_of: dict[str, int] = field(default_factory=dict)

    def block(self, items: Any, prefix: str, after: str, confirm: str, line: int) -> str:
        """Lays out a list of steps that goes on at `after`; returns the id of the first."""
        if not isinstance(items, list):
            self.complain(line, "Steps are a list: each one starts with a dash.")
            return after
        ids = [f"{prefix}{number}" for number in range(1, len(items) + 1)]
        for item, id, follower in zip(items, ids, [*ids[1:], after], strict=False):
            self.line_of[id] = getattr(item, "line", line)
            self.steps[id] = self._step(item, id, follower, confirm)
            confirm = id if isinstance(self.steps[id], Confirm) else confirm
        return ids[0] if ids else after

    def _step(self, item: Any, id: str, after: str, confirm: str) -> Step:
        if item == "end":
            return End(id)
        kind = self._kind(item, id)
        return _BUILDERS[kind](self, item, id, after, confirm) if kind else End(id)

    def _kind(self, item: Any, id: str) -> str:
        if not isinstance(item, Lined):
            self.complain(
                self.line_of[id], f"A step looks like “- say: …”. {unknown('a step', item, FIELDS)}"
            )
            return ""
        kinds = [key for key in item if key in FIELDS]
        if len(kinds) != 1:
            self.complain(
                item.line, f"A step does exactly one thing. {unknown('a step', next(iter(item), ''), FIELDS)}"
            )
            return ""
        self._only(item, FIELDS[kinds[0]] | {kinds[0]}, f"part of the step “{kinds[0]}”")
        return kinds[0]

    def _only(self, item: Lined, allowed: frozenset[str], what: str) -> None:
        for key in item.keys() - allowed:
            self.complain(item.line_of(key), unknown(what, key, allowed))

    def texts(self, value: Any, line: int) -> Texts:
        """A sentence per language; one plain sentence counts as English."""
        if isinstance(value, str):
            return {"en": value}
        if isinstance(value, dict) and value and all(isinstance(text, str) for text in value.values()):
            return dict(value)
        self.complain(line, "A sentence is needed here, per language: “nb: …”, “en: …”.")
        return {}

    def word(self, item: Lined, key: str) -> str:
        """A single word such as the name of a slot."""
        value = item.get(key, "")
        if isinstance(value, str):
            return value
        self.complain(item.line_of(key), f"“{key}” needs one name.")
        return ""

    def branch(self, item: Lined, key: str, id: str, after: str, confirm: str) -> str:
        """The block under a key, or straight on where there is none."""
        if key not in item:
            return after
        return self.block(item[key], f"{id}.{key}.", after, confirm, item.line_of(key))


def _ask(layout: Layout, item: Lined, id: str, after: str, confirm: str) -> Step:
    return Ask(id, after, layout.word(item, "ask"))


def _ask_again(layout: Layout, item: Lined, id: str, after: str, confirm: str) -> Step:
    return AskAgain(id, after, layout.word(item, "ask_again"))


def _verify(layout: Layout, item: Lined, id: str, after: str, confirm: str) -> Step:
    return Verify(id, after, layout.word(item, "verify"))


def _call(layout: Layout, item: Lined, id: str, after: str, confirm: str) -> Step:
    arguments, when = item.get("with", {}), item.get("when", {})
    if not isinstance(arguments, dict) or not isinstance(when, dict):
        layout.complain(item.line, "“with” and “when” hold “name: …” pairs.")
        return End(id)
    places = {
        outcome: layout.block(steps, f"{id}.{outcome}.", after, confirm, item.line)
        for outcome, steps in when.items()
    }
    return CallTool(
        id, after, layout.word(item, "call"), dict(arguments), layout.word(item, "into"), places, confirm
    )


def _say(layout: Layout, item: Lined, id: str, after: str, confirm: str) -> Step:
    return Tell(
        id,
        after,
        layout.texts(item["say"], item.line_of("say")),
        layout.word(item, "card"),
        layout.word(item, "source"),
        item.get("offer_person") is True,
        item.get("offer_callback") is True,
    )


def _confirm(layout: Layout, item: Lined, id: str, after: str, confirm: str) -> Step:
    no = layout.block(item["no"], f"{id}.no.", "", confirm, item.line_of("no")) if "no" in item else ""
    return Confirm(id, after, layout.texts(item["confirm"], item.line_of("confirm")), no)


def _if(layout: Layout, item: Lined, id: str, after: str, confirm: str) -> Step:
    condition = layout.word(item, "if")
    if not well_formed(condition):
        example = "“order.status is shipped”, “not order.tracking” or “reason in broken, wrong”"
        layout.complain(item.line_of("if"), f"“{condition}” is not a condition. It looks like {example}.")
    then = layout.branch(item, "then", id, after, confirm)
    return Branch(id, after, condition, then, layout.branch(item, "else", id, after, confirm))


def _link(layout: Layout, item: Lined, id: str, after: str, confirm: str) -> Step:
    return Link(id, "", layout.word(item, "link"))


def _hand_over(layout: Layout, item: Lined, id: str, after: str, confirm: str) -> Step:
    return GiveToPerson(id, "", layout.word(item, "hand_over"))


def _end(layout: Layout, item: Lined, id: str, after: str, confirm: str) -> Step:
    return End(id)


_BUILDERS: Mapping[str, Callable[[Layout, Lined, str, str, str], Step]] = {
    "ask": _ask,
    "ask_again": _ask_again,
    "verify": _verify,
    "call": _call,
    "say": _say,
    "confirm": _confirm,
    "if": _if,
    "link": _link,
    "hand_over": _hand_over,
    "end": _end,
}
