"""How likely each person answers at each moment, learned from every attempt.

Person → segment → all: the types of people say what is usual (`profiles`), the person's own attempts bend it
(`habits`), the circumstances add their part (`signals`), several families are weighed against each other
(`families`), and the outcome is held against what really happened (`calibration`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from . import mixing, signals
from .calibration import Calibration
from .clock import DAY, Floats, Ints, Moments, moments
from .facts import Almanac, Attempt, Person, Request, Trace
from .families import Families
from .habits import Reach
from .memory import Memory, slot_of
from .profiles import ANSWERED, OUTCOMES, SILENT, Profiles, Shape, blank
from .signals import FIRMNESS, HABIT, NAMES, START, USUAL, WEEK, Words

LIKELY = 2e-3
"""types less likely than this teach nothing when a call fails"""
ROUNDS, WINDOW, REFIT_DAYS, REFIT_OUTCOMES, FAMILY_OUTCOMES = 15, 15_000, 7, 2000, 8000


@dataclass(frozen=True)
class Trust:
    """How far evidence counts: halved every `half_life` days; attempts and traces of one person repeat themselves."""

    half_life: float = 90.0
    attempts: float = 0.5
    traces: float = 0.5

    @property
    def weights(self) -> tuple[float, float]:
        return self.attempts, self.traces


@dataclass
class Forecast:
    """What is known of one request at some moments: log odds, chances, the rows behind them, and how they hang
    together (`cross` with the attempts so far)."""

    odds: Floats
    rows: Floats
    cross: Floats | None
    memory: Memory


@dataclass
class Knowledge:
    """Everything learned so far; `hear`, `notice` and `meet` take facts in, `refit` thinks them over."""

    almanac: Almanac = field(default_factory=Almanac)
    shape: Shape = field(default_factory=Shape)
    reach: Reach = field(default_factory=Reach)
    trust: Trust = field(default_factory=Trust)
    people: dict[int, Memory] = field(default_factory=dict)
    traits: list[Words] = field(default_factory=list)
    kinds: Words = field(default_factory=Words)
    channels: Words = field(default_factory=Words)
    types: Profiles | None = None
    weights: Floats = field(default_factory=START.copy)
    calibration: Calibration = field(default_factory=Calibration)
    families: Families = field(default_factory=Families)
    fitted_at: int = 0
    fresh: int = 0

    def meet(self, person: Person) -> None:
        """A person is known from now on; a second time changes nothing."""
        if person.id in self.people:
            return
        while len(self.traits) < len(person.traits):
            self.traits.append(Words())
        values = [
            -1 if v is None else words.number(v) for words, v in zip(self.traits, person.traits, strict=False)
        ]
        self.people[person.id] = Memory(person, len(self.people), np.array(values, dtype=np.int64))

    def notice(self, trace: Trace) -> None:
        """A trace counts for the person's type and hours."""
        memory = self.people.get(trace.person)
        if memory:
            memory.noticed(trace.at, self.kinds.number(trace.kind))

    def hear(self, attempt: Attempt, row: Floats | None) -> None:
        """An attempt counts at once for this person; with the `row` it was forecast from, everybody learns from
        it."""
        outcome = OUTCOMES.get(attempt.outcome, SILENT)
        self.fresh += 1
        offset = 0.0
        if row is not None:
            linear = self.odds(row)
            own = list(range(USUAL, HABIT + 1))
            offset = linear - float(row[own] @ self.weights[own])
            self.families.hear(row, linear, outcome == ANSWERED)
        self.people[attempt.person].heard(attempt.at, outcome, offset)

    def forecast(self, request: Request, at: Moments, times: Ints) -> Forecast:
        """The chance of an answer at each moment (`at` are `times` in the person's zone)."""
        memory = self.people[request.person]
        self.types = self.types or blank(self.shape)
        memory.believe(self.types, self.reach, self.trust.weights, self.weights[WEEK])
        channel = self.channels.number(request.channel)
        found, cross = signals.rows(memory, request, at, times, self.almanac, channel, self.reach)
        return Forecast(found @ self.weights, found, cross, memory)

    def odds(self, row: Floats) -> float:
        """What one row says by itself, before calibration."""
        return float(row[: len(NAMES)] @ self.weights)

    def widen(self, request: Request, at: Moments, times: Ints, rows: Floats) -> Floats:
        """The rows with the further columns that families read."""
        return np.hstack([rows, signals.further(self.people[request.person], request, at, times)])

    def combine(self, rows: Floats, odds: Floats) -> Floats:
        """Log odds of all families together, calibrated."""
        return self.calibration.tell(self.families.blend(rows, odds))

    def lesson(self, told: Forecast, at: Moments, prior: Floats) -> Floats:
        """Moments × moments: what a failed call at the first would do to the log odds at the second."""
        memory, cov = told.memory, prior
        if told.cross is not None and memory.posterior is not None:
            cov = cov - told.cross @ memory.posterior.inverse @ told.cross.T
        if self.types is not None and memory.share is not None:
            likely = np.flatnonzero(memory.share > LIKELY)
            share, tables = memory.share[likely], self.types.logits[np.ix_(likely, at.slot)]
            apart = tables - share @ tables / share.sum()
            cov = cov + (apart * share[:, None]).T @ apart
        p = 1 / (1 + np.exp(-told.odds))
        step = p / (1 + np.diag(cov) * p * (1 - p))
        return np.asarray(-np.maximum(cov, 0.0) * step[:, None])

    def row(self, request: Request, at: int, known: Floats | None = None) -> Floats:
        """The circumstances of one moment, to be handed back with its outcome; `known`: the row of the plan."""
        times = np.array([at])
        local = moments(times, self.people[request.person].person.zone)
        rows = self.forecast(request, local, times).rows if known is None else known[None, : len(NAMES)]
        return np.asarray(self.widen(request, local, times, rows)[0])

    def refit(self, now: int, rounds: int | None = None) -> None:
        """Fit types to everybody's history, older facts counting less: from the start, or `rounds` from where
        they are."""
        if not self.people:
            return
        seen = self._history(now)
        same = (
            self.types is not None
            and len(self.types.traces) == len(seen.traces)
            and all(
                table.shape[1] == hot.shape[1]
                for table, hot in zip(self.types.traits, seen.traits, strict=False)
            )
        )
        self.types, _ = mixing.fit(
            seen, self.shape, self.types if same and rounds else None, rounds or ROUNDS
        )
        trusted = mixing.History(
            [c * self.trust.attempts for c in seen.outcomes],
            [c * self.trust.traces for c in seen.traces],
            seen.traits,
        )
        score = mixing.scores(self.types, trusted)
        for memory, own in zip(self.people.values(), score, strict=True):
            memory.score, memory.counted = own, (len(memory.at), len(memory.trace_at))
            memory.forget()
        self.fitted_at, self.fresh = now, 0

    def think(self, now: int) -> None:
        """Daily: weigh the parts and calibrate. Weekly, or after many outcomes: fit types and families anew."""
        self.weigh()
        self.calibration.fit()
        if now - self.fitted_at >= REFIT_DAYS * DAY or self.fresh >= REFIT_OUTCOMES:
            self.refit(now, 2 if now // DAY // REFIT_DAYS % 4 else None)
        if self.families.fresh >= FAMILY_OUTCOMES:
            self.families.refit()

    def weigh(self) -> None:
        """Weigh type, habit and circumstances against each other on the latest outcomes."""
        x, y = self.families.recent(WINDOW)
        x = x[:, : len(NAMES)] if len(y) else x
        if len(y) < 50:
            return
        for _ in range(3):
            p = 1 / (1 + np.exp(-(x @ self.weights)))
            slope = x.T @ (y - p) - FIRMNESS * (self.weights - START)
            bend = (x * (p * (1 - p))[:, None]).T @ x + np.diag(FIRMNESS)
            self.weights = self.weights + np.linalg.solve(bend, slope)
        for memory in self.people.values():
            memory.forget()

    def _history(self, now: int) -> mixing.History:
        """Everybody's facts in columns."""
        people = self.people.values()
        who = np.repeat(np.arange(len(people)), [len(m.at) for m in people])
        fading = 0.5 ** ((now - _numbers(t for m in people for t in m.at)) / DAY / self.trust.half_life)
        trace_who = np.repeat(np.arange(len(people)), [len(m.trace_at) for m in people])
        traces = 0.5 ** ((now - _numbers(t for m in people for t in m.trace_at)) / DAY / self.trust.half_life)
        outcomes = mixing.count(
            who,
            _numbers(slot_of(w) for m in people for w in m.when),
            fading,
            _numbers(o for m in people for o in m.outcome),
            4,
            len(people),
        )
        noticed = mixing.count(
            trace_who,
            _numbers(slot_of(w) for m in people for w in m.trace_when),
            traces,
            _numbers(k for m in people for k in m.trace_kind),
            len(self.kinds.known),
            len(people),
        )
        table = np.full((len(people), len(self.traits)), -1, dtype=np.int64)
        for m in people:
            table[m.index, : len(m.traits)] = m.traits
        traits = [mixing.one_hot(table[:, i], len(w.known)) for i, w in enumerate(self.traits)]
        return mixing.History(outcomes, noticed, traits)


def _numbers(found: Iterable[int]) -> Ints:
    return np.fromiter(found, dtype=np.int64)
