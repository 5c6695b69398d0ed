"""Rules that make days, hours and lengths out of words; each replaces a run of pieces by one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from samspill.intelligence.entities.atoms import Atom


@dataclass(frozen=True)
class Scene:
    """When and for whom a text is read."""

    now: datetime
    day_first: bool
    english: bool
    expects: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        """The day of the reader."""
        return self.now.date()


Build = Callable[[Sequence[Atom], Scene], Sequence[Atom] | None]


@dataclass(frozen=True)
class Rule:
    """Where the kinds of the pieces match, `build` may put others in their place."""

    pattern: re.Pattern[str]
    build: Build


class Grammar:
    """Rules in the order in which they were written."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def rule(self, pattern: str) -> Callable[[Build], Build]:
        """Declare what becomes of pieces of these kinds."""

        def declare(build: Build) -> Build:
            self.rules.append(Rule(re.compile(pattern), build))
            return build

        return declare

    def reduce(self, pieces: list[Atom], scene: Scene) -> list[Atom]:
        """What is left when every rule has been applied once from left to right."""
        kinds = "".join(piece.kind for piece in pieces)
        for rule in self.rules:
            at = 0
            while match := rule.pattern.search(kinds, at):
                made = _build(rule, pieces[match.start() : match.end()], scene)
                if made is None:
                    at = match.start() + 1
                    continue
                pieces[match.start() : match.end()] = made
                kinds = kinds[: match.start()] + "".join(piece.kind for piece in made) + kinds[match.end() :]
                at = match.start() + len(made)
        return pieces


def _build(rule: Rule, pieces: Sequence[Atom], scene: Scene) -> Sequence[Atom] | None:
    try:
        return rule.build(pieces, scene)
    except (OverflowError, ValueError):  # beyond the calendar
        return None


def of(kind: str, pieces: Sequence[Atom], value: object) -> list[Atom]:
    """One piece over all of these; leading words that only introduce it are left outside."""
    inside = list(pieces)
    while len(inside) > 1 and inside[0].kind in "opkF":
        inside.pop(0)
    parts = [part for piece in inside for part in (piece.parts or ((piece,) if piece.kind in "dtq" else ()))]
    return [Atom(kind, inside[0].start, inside[-1].end, value, tuple(parts) if kind == "m" else ())]


def first(kinds: str, pieces: Sequence[Atom]) -> Atom:
    """The first piece of one of these kinds."""
    return next(piece for piece in pieces if piece.kind in kinds)


def every(kinds: str, pieces: Sequence[Atom]) -> list[Atom]:
    """All pieces of these kinds."""
    return [piece for piece in pieces if piece.kind in kinds]
