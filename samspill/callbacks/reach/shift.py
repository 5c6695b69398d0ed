"""The callback service at work: requests come in, calls go out, outcomes come back, and nobody is forgotten."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TypeVar

import numpy as np

from . import outlook
from .board import Board, Waiting, seat_first
from .clock import DAY, Ints, moments
from .facts import Almanac, Attempt, Decision, Person, Request, Seat, Trace
from .fallback import Guard, first_come
from .knowing import Knowledge
from .outlook import Outlook
from .planning import Dial
from .rules import Bools, Rules

T = TypeVar("T")
FINAL = frozenset({"answered", "too_late", "wrong_number"})


@dataclass
class Shift:
    """Everything in work. `control` is the share of requests that are called first come, first served, by lot, so
    that the effect of the model stays measurable; `notes` collects what the product should make known."""

    knowledge: Knowledge | None
    almanac: Almanac = field(default_factory=Almanac)
    rules: Rules = field(default_factory=Rules)
    dial: Dial = field(default_factory=Dial)
    control: float = 0.1
    seed: str = ""
    guard: Guard = field(default_factory=Guard)
    people: dict[int, Person] = field(default_factory=dict)
    open: dict[int, Waiting] = field(default_factory=dict)
    notes: list[tuple[int, str]] = field(default_factory=list)
    board: Board | None = None
    day: int = -1
    doubt: str = ""

    def __post_init__(self) -> None:
        if self.knowledge is not None and self.board is None:
            self.board = Board(self.knowledge, self.rules, self.dial)

    def meet(self, person: Person) -> None:
        """A person is known from now on."""
        self.people.setdefault(person.id, person)
        if self.knowledge:
            self.knowledge.meet(person)

    def notice(self, trace: Trace) -> None:
        """A trace; a call of the person's own makes the plan anew."""
        if self.knowledge:
            self.knowledge.notice(trace)
            if trace.kind == "inbound_call":
                self._unplan(trace.person)

    def ask(self, request: Request) -> Waiting:
        """A request is open from now on; by lot it belongs to the control group."""
        mode, share = self._lot(request)
        self.open[request.id] = Waiting(request, mode, share)
        if self.knowledge:
            self.knowledge.notice(Trace(request.created, request.person, f"asked:{request.channel}"))
        return self.open[request.id]

    def close(self, request: int) -> None:
        """A request is done, withdrawn or expired."""
        self.open.pop(request, None)

    def hear(self, attempt: Attempt) -> None:
        """A call has ended: the person, everybody and the plan learn from it."""
        one = self.open.get(attempt.request)
        if self.board and self.knowledge:
            self._learn(one, attempt)
            self._unplan(attempt.person)
        if one:
            one.called.append(attempt.at)
            if attempt.outcome in FINAL or len(one.called) >= self.rules.attempts:
                self.close(attempt.request)

    def think(self, now: int) -> None:
        """Once a day: weigh the evidence anew; once a week, or after many outcomes, fit types and families anew."""
        if self.knowledge is None or now // DAY == self.day:
            return
        self.day = now // DAY
        self._safely(lambda: self.knowledge.think(now) if self.knowledge else None, now)
        for one in self.open.values():
            one.plan = None

    def next_calls(self, now: int, openings: Ints, seats: Sequence[Seat]) -> list[Decision]:
        """Who is called now; `openings` are the coming moments at which calls can start, the first of which is
        now."""
        waiting, doubt = self.queue(now, openings, len(seats))
        return seat_first(waiting, seats, now, "first_come" if doubt else "")

    def queue(self, now: int, openings: Ints, seats: int) -> tuple[list[tuple[float, Waiting]], str]:
        """Everybody who may be called now, the most urgent first, with what a call now gains over the best later one;
        and why the model was not asked, if so. `seats` is how many calls can be made now."""
        doubt = self.guard.doubt(self.knowledge, now)
        due: list[tuple[float, Waiting]] = []
        if not doubt:
            done = self._safely(lambda: self._planned(now, openings), now)
            due, doubt = done if done is not None else [], "" if done is not None else "failing"
        self._note(doubt, now)
        if self.board:
            self.board.crowded(len(due), seats)
        classic = [w for w in self.open.values() if doubt or w.mode != "planned"]
        late = first_come(classic, now, self.rules, self._legal)
        return _merged(due, late), doubt

    def outlook(self, request: int, openings: Ints, count: int = 3) -> Outlook:
        """When an open request is to be called, how likely it answers then and why, and up to `count` other
        moments; `openings` as in `next_calls`. Raises KeyError when the request is not open."""
        one, now = self.open[request], int(openings[0])
        doubt = self.guard.doubt(self.knowledge, now)
        if self.board and not doubt and one.mode == "planned":
            if self.board.stale(one, now):
                self.board.replan([one], openings)
            return outlook.planned(self.board, one, openings, count)
        free = self.rules.rested(openings, one.called) & (openings >= one.earliest)
        legal = free & self._legal_at(one, openings)
        return outlook.classic(one, "first_come" if doubt else one.mode, openings, legal, count)

    def _planned(self, now: int, openings: Ints) -> list[tuple[float, Waiting]]:
        assert self.board is not None
        begun = time.perf_counter()
        mine = [w for w in self.open.values() if w.mode == "planned"]
        stale = [w for w in mine if self.board.stale(w, now) and self.rules.may(now, w.called)]
        if stale and len(openings):
            self.board.replan(stale, openings)
        found = [(gain, one) for gain, one in self.board.due(mine, now) if self._legal(one, now)]
        self.guard.took(time.perf_counter() - begun, now)
        return found

    def _learn(self, one: Waiting | None, attempt: Attempt) -> None:
        assert self.board is not None
        assert self.knowledge is not None
        plan, row, raw = (one.plan if one else None), None, 0.0
        if plan is not None and (i := plan.index(attempt.at)) >= 0:
            assert one is not None
            row, raw = self.knowledge.row(one.request, attempt.at, plan.rows[i]), float(plan.raw[i])
        elif one is not None:
            row = self.knowledge.row(one.request, attempt.at)
            raw = self.knowledge.odds(row)
        if one is not None and one.mode == "planned":
            self.knowledge.calibration.hear(raw, attempt.outcome in ("answered", "too_late"))
        self.knowledge.hear(attempt, row)
        self.board.hear(attempt)

    def _unplan(self, person: int) -> None:
        for one in self.open.values():
            if one.request.person == person:
                one.plan = None

    def _lot(self, request: Request) -> tuple[str, float]:
        if request.classic:
            return "first_come", 1.0
        drawn = int.from_bytes(blake2b(f"{self.seed}:{request.id}".encode(), digest_size=7).digest()) / 2**56
        return ("control", self.control) if drawn < self.control else ("planned", 1 - self.control)

    def _legal(self, one: Waiting, now: int) -> bool:
        return bool(self._legal_at(one, np.array([now]))[0])

    def _legal_at(self, one: Waiting, times: Ints) -> Bools:
        person = self.people[one.request.person]
        public = self.almanac.public.get(person.country, frozenset())
        return self.rules.allowed(moments(times, person.zone), person.country, public)

    def _note(self, doubt: str, now: int) -> None:
        if doubt != self.doubt:
            self.notes.append((now, f"model {doubt}" if doubt else "model back"))
            self.doubt = doubt

    def _safely(self, work: Callable[[], T], now: int) -> T | None:
        try:
            return work()
        except Exception:  # noqa: BLE001 whatever fails in the model, people are called all the same
            self.guard.rest("failing", now)
            return None


def _merged(
    due: list[tuple[float, Waiting]], classic: list[tuple[float, Waiting]]
) -> list[tuple[float, Waiting]]:
    """Both queues take turns in proportion to their length, so that neither starves the other."""
    ranked = [((i + 0.5) / len(due), 0, pair) for i, pair in enumerate(due)]
    ranked += [((i + 0.5) / len(classic), 1, pair) for i, pair in enumerate(classic)]
    return [pair for *_, pair in sorted(ranked, key=lambda r: r[:2])]
