"""What a position of the dial would have brought: the last weeks lived again, with luck drawn from the model's chances.

At each call the model says how likely an answer is after all it has heard so far, the calls of the draw included: a
failed call lowers the next chances in the draw as it does in life, so bad luck hangs together. Everybody is met as
they were known when they asked, not as they became known since.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

import numpy as np

from .calibration import Calibration
from .clock import DAY, HOUR, Floats, Ints, moments
from .facts import Attempt, Decision, Request, Seat
from .families import Families
from .knowing import Knowledge
from .memory import Memory
from .planning import FAR, Dial, Patience
from .profiles import ENGAGED, MACHINE, SILENT
from .rules import Rules
from .shift import FINAL, Shift

KINDS = {ENGAGED: "busy", MACHINE: "voicemail", SILENT: "no_answer"}
NAMES = ("first", "reached", "calls", "calls_reached", "hours_mean", "hours_median")
RESAMPLED, EDGES = 400, (5, 95)


@dataclass(frozen=True)
class Past:
    """What is lived again: requests in the order of time, the moments at which calls could be made (going on for some
    days after the last request), how many at each, and how often a failed call was the end (a wrong number, somebody
    who wants no more calls)."""

    requests: Sequence[Request]
    openings: Ints
    seats: Floats
    ends: float = 0.0

    def thinned(self, most: int, seed: int = 0) -> Past:
        """At most so many requests, spread over the whole time, with seats in proportion."""
        if len(self.requests) <= most:
            return self
        kept = np.sort(np.random.default_rng(seed).choice(len(self.requests), most, replace=False))
        share = most / len(self.requests)
        return replace(self, requests=[self.requests[i] for i in kept], seats=self.seats * share)


@dataclass(frozen=True)
class Figure:
    """One figure, and where it would lie in nine of ten periods like this one."""

    value: float
    low: float
    high: float


def foresee(
    knowledge: Knowledge,
    patience: Patience,
    rules: Rules,
    dial: Dial,
    past: Past,
    draws: int = 3,
    seed: int = 0,
) -> dict[str, Figure]:
    """Figures by NAMES: shares of the requests reached at the first call and in all, calls per request and per
    reached one, and hours from the request to the talk. Takes some milliseconds per request and draw."""
    rng = np.random.default_rng(seed)
    lived = [_Life(knowledge, patience, rules, dial, past, rng).live() for _ in range(draws)]
    return _figures(np.stack(lived), rng)


class _Life:
    """One draw."""

    def __init__(
        self, knowledge: Knowledge, patience: Patience, rules: Rules, dial: Dial, past: Past,
        rng: np.random.Generator,
    ):  # fmt: skip
        self.past, self.rng, self.patience = past, rng, patience.share()
        self.known, self.failures = knowledge, _failures(knowledge)
        self.know = _without_what_came_since(knowledge)
        self.shift = Shift(self.know, knowledge.almanac, rules, dial, control=0.0)
        assert self.shift.board is not None
        self.shift.board.patience = deepcopy(patience)
        self.row = {request.id: i for i, request in enumerate(past.requests)}
        self.found = np.zeros((len(past.requests), 3))
        self.found[:, 2] = np.nan

    def live(self) -> Floats:
        """Requests × (answered at the first call, calls, hours to the talk or nan)."""
        past, coming, seats = self.past, 0, 0.0
        for step, now in enumerate(map(int, past.openings)):
            while coming < len(past.requests) and past.requests[coming].created <= now:
                self._ask(past.requests[coming])
                coming += 1
            self._expire(now)
            seats = min(seats % 1 + past.seats[step], 1000.0)
            if not self.shift.open:
                if coming == len(past.requests):
                    break
                continue
            ahead = past.openings[step : step + FAR]
            for decision in self.shift.next_calls(now, ahead, [Seat()] * int(seats)):
                self._call(decision)
        return self.found

    def _ask(self, request: Request) -> None:
        memory = as_it_was(self.known.people[request.person], request, len(self.know.people))
        self.know.people[request.id] = memory
        self.shift.people[request.id] = memory.person
        self.shift.ask(replace(request, person=request.id))

    def _call(self, decision: Decision) -> None:
        one = self.shift.open[decision.request]
        number, row = len(one.called) + 1, self.row[decision.request]
        outcome = self._outcome(self._chance(decision), number)
        self.found[row, 1] = number
        if outcome == "answered":
            self.found[row, 0] = number == 1
            self.found[row, 2] = (decision.at - one.request.created) / HOUR
        self.shift.hear(Attempt(decision.at, decision.request, decision.request, number, outcome))
        if outcome not in FINAL and self.rng.random() < self.past.ends:
            self.shift.close(decision.request)

    def _chance(self, decision: Decision) -> float:
        if decision.forecast is not None:
            return decision.forecast
        request, times = self.shift.open[decision.request].request, np.array([decision.at])
        at = moments(times, self.know.people[request.person].person.zone)
        odds = self.know.calibration.tell(self.know.forecast(request, at, times).odds)
        return float(1 / (1 + np.exp(-odds[0])))

    def _outcome(self, chance: float, number: int) -> str:
        if self.rng.random() < chance:
            return "answered" if self.rng.random() < self.patience[min(number, 31)] else "too_late"
        return str(self.rng.choice(list(KINDS.values()), p=self.failures))

    def _expire(self, now: int) -> None:
        oldest = now - self.shift.rules.days * DAY
        for one in [w for w in self.shift.open.values() if w.request.created < oldest]:
            self.shift.close(one.request.id)


def as_it_was(memory: Memory, request: Request, index: int) -> Memory:
    """What was known of the person when they asked, as somebody of their own."""
    calls = [i for i, at in enumerate(memory.at) if at < request.created]
    traces = [i for i, at in enumerate(memory.trace_at) if at < request.created]
    return Memory(
        replace(memory.person, id=request.id), index, memory.traits,
        when=[memory.when[i] for i in calls], outcome=[memory.outcome[i] for i in calls],
        offset=[memory.offset[i] for i in calls], at=[memory.at[i] for i in calls],
        trace_when=[memory.trace_when[i] for i in traces], trace_kind=[memory.trace_kind[i] for i in traces],
        trace_at=[memory.trace_at[i] for i in traces],
    )  # fmt: skip


def _without_what_came_since(knowledge: Knowledge) -> Knowledge:
    """The same tables, weights and calibration, with nobody known yet."""
    families = Families(fitted=knowledge.families.fitted, weights=knowledge.families.weights)
    return replace(
        knowledge, people={}, families=families, calibration=Calibration(curve=knowledge.calibration.curve)
    )


def _failures(knowledge: Knowledge) -> Floats:
    """Shares of the ways in which calls fail here."""
    seen = np.bincount([o for memory in knowledge.people.values() for o in memory.outcome], minlength=4)
    shares = seen[list(KINDS)] + np.array([1.0, 1.5, 4.0])
    return np.asarray(shares / shares.sum())


def _figures(lived: Floats, rng: np.random.Generator) -> dict[str, Figure]:
    """From draws × requests × 3: the figures over all draws, and their spread over periods drawn by lot."""
    draws, many, _ = lived.shape
    told = _told(lived.reshape(1, -1, 3))
    picked = lived[rng.integers(draws, size=(RESAMPLED, many)), rng.integers(many, size=(RESAMPLED, many))]
    low, high = np.nanpercentile(_told(picked), EDGES, axis=0)
    return {n: Figure(float(told[0, i]), float(low[i]), float(high[i])) for i, n in enumerate(NAMES)}


def _told(lived: Floats) -> Floats:
    """Periods × requests × 3 → periods × NAMES; nan where nobody was reached."""
    first, calls, hours = np.moveaxis(lived, 2, 0)
    reached = ~np.isnan(hours)
    many = reached.sum(1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(reached, hours, 0.0).sum(1) / many
        own = np.where(reached, calls, 0.0).sum(1) / many
    median = np.array([np.median(h[r]) if r.any() else np.nan for h, r in zip(hours, reached, strict=True)])
    return np.stack([first.mean(1), reached.mean(1), calls.mean(1), own, mean, median], axis=1)
