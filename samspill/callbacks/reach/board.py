"""The open requests and what is planned for them: who is called now, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from . import planning
from .clock import DAY, HOUR, Floats, Ints, Moments, moments
from .facts import Attempt, Decision, Person, Request, Seat
from .habits import covariance
from .knowing import Forecast, Knowledge
from .planning import Dial, Patience
from .rules import Bools, Rules

PRICE_STEP, DEAREST = 0.003, 0.5
AT_ONCE = 24
"""requests planned together: more would not fit the processor's cache"""


@dataclass
class Plan:
    """What calling is worth at each of the coming moments, `best` from each moment on, and the forecast behind it."""

    times: Ints
    odds: Floats
    rows: Floats
    call: Floats
    best: Floats
    allowed: Bools
    raw: Floats
    """log odds before calibration"""

    def index(self, now: int) -> int:
        return int(np.searchsorted(self.times, now, side="right")) - 1

    def forecast(self, now: int) -> float:
        """The chance of an answer now."""
        return float(1 / (1 + np.exp(-self.odds[self.index(now)])))


@dataclass
class Waiting:
    """An open request: calls so far and the plan; `mode` says whether the model may place its calls."""

    request: Request
    mode: str = "planned"
    share: float = 1.0
    called: list[int] = field(default_factory=list)
    plan: Plan | None = None
    earliest: int = 0
    """not called before this moment"""


@dataclass
class Board:
    """Plans and ranks the open requests by what would be lost if they waited."""

    knowledge: Knowledge
    rules: Rules = field(default_factory=Rules)
    dial: Dial = field(default_factory=Dial)
    patience: Patience = field(default_factory=Patience)
    price: float = 0.0
    """what a seat is worth to the others: rises while more are due than can be called, falls while seats stay free"""
    lasts: int = 40 * HOUR
    """a plan is made anew after so many seconds at the latest"""

    def replan(self, waiting: Sequence[Waiting], openings: Ints) -> None:
        """Plan these requests over the coming decision moments `openings`, the first of which is now."""
        chosen = openings[planning.grid(len(openings))]
        after = np.searchsorted(chosen, chosen + self.rules.rest)
        scene = _Scene(self, chosen)
        for called in {len(w.called) for w in waiting}:
            group = [w for w in waiting if len(w.called) == called]
            for i in range(0, len(group), AT_ONCE):
                scene.plan(group[i : i + AT_ONCE], called, after)

    def due(self, waiting: Sequence[Waiting], now: int) -> list[tuple[float, Waiting]]:
        """Requests that gain by a call now, the greatest loss by waiting first."""
        found = []
        for one in waiting:
            if one.plan is None or now < one.earliest or not self.rules.may(now, one.called):
                continue
            i = one.plan.index(now)
            if 0 <= i < len(one.plan.call):
                gain = float(one.plan.call[i] - one.plan.best[i + 1])
                worthwhile = gain >= -1e-12 and one.plan.call[i] > 0
                if worthwhile or self._promise_ends(one, i) or self._hopeless_but_first(one, i):
                    found.append((gain, one))
        return sorted(found, key=lambda pair: -pair[0])

    def crowded(self, due: int, seats: int) -> None:
        """Let the price of a seat follow the crowd."""
        crowd = min(max((due - seats) / max(seats, 3), -1.0), 2.0)
        self.price = min(max(self.price + PRICE_STEP * crowd, 0.0), DEAREST)

    def stale(self, one: Waiting, now: int) -> bool:
        return one.plan is None or now - int(one.plan.times[0]) > self.lasts or now >= int(one.plan.times[-1])

    def hear(self, attempt: Attempt) -> None:
        """Learn from an outcome: the person, the families, calibration and patience; the caller replans the
        person."""
        self.patience.hear(attempt.number, attempt.outcome)

    def _hopeless_but_first(self, one: Waiting, i: int) -> bool:
        """Nobody is left uncalled: where no call seems worth its cost, the likeliest of the coming moments is taken."""
        if one.called or one.plan is None or one.plan.best[i] > 0:
            return False
        today = one.plan.times < one.plan.times[i] + DAY
        legal = one.plan.allowed & today & (np.arange(len(one.plan.odds)) >= i)
        return bool(legal[i] and one.plan.odds[i] >= one.plan.odds[legal].max() - 1e-9)

    def _promise_ends(self, one: Waiting, i: int) -> bool:
        promised = one.request.promised
        if promised is None or one.called or one.plan is None or not one.plan.allowed[i]:
            return False
        following = one.plan.times[i + 1] if i + 1 < len(one.plan.times) else promised + 1
        return bool(following > promised)


class _Scene:
    """One replanning: what requests share, worked out once."""

    def __init__(self, board: Board, times: Ints):
        self.board, self.times = board, times
        self.local: dict[str, Moments] = {}
        self.prior: dict[str, Floats] = {}
        self.legal: dict[tuple[str, str], Bools] = {}

    def plan(self, group: Sequence[Waiting], called: int, after: Ints) -> None:
        board, size = self.board, len(self.times)
        left = max(0, board.rules.attempts - called)
        odds, worth = np.zeros((len(group), size)), np.zeros((len(group), size))
        drop = np.zeros((len(group), size, size))
        allowed = np.zeros((len(group), size), dtype=bool)
        rows = []
        for i, one in enumerate(group):
            told, drop[i], allowed[i] = self._look(one)
            odds[i] = told.odds
            rows.append(told.rows)
            hours = (self.times - one.request.created) / HOUR
            worth[i] = one.request.worth * board.dial.worth(hours) * (hours <= 24 * board.rules.days)
        know = board.knowledge
        raw = self._blend(group, rows, odds)
        odds = know.calibration.tell(raw)
        still, keep = self._patience(called, left)
        call, best = planning.value(
            odds, drop, worth * still, allowed, after, keep, left, board.dial.cost + board.price
        )
        for i, one in enumerate(group):
            one.plan = Plan(self.times, odds[i], rows[i], call[i], best[i], allowed[i], raw[i])

    def _blend(self, group: Sequence[Waiting], rows: Sequence[Floats], odds: Floats) -> Floats:
        """Log odds of all families together."""
        know = self.board.knowledge
        if not know.families.fitted:
            return odds
        wide = [
            know.widen(one.request, self.local[know.people[one.request.person].person.zone], self.times, own)
            for one, own in zip(group, rows, strict=True)
        ]
        return know.families.blend(np.concatenate(wide), odds.ravel()).reshape(odds.shape)

    def _look(self, one: Waiting) -> tuple[Forecast, Floats, Bools]:
        know, request = self.board.knowledge, one.request
        person = know.people[request.person].person
        zone = person.zone
        if zone not in self.local:
            self.local[zone] = moments(self.times, zone)
            self.prior[zone] = covariance(know.reach, self.local[zone], self.local[zone])
        at = self.local[zone]
        told = know.forecast(request, at, self.times)
        rested = self.board.rules.rested(self.times, one.called) & (self.times >= one.earliest)
        return told, know.lesson(told, at, self.prior[zone]), self._legal(person) & rested

    def _legal(self, person: Person) -> Bools:
        key = person.zone, person.country
        if key not in self.legal:
            public = self.board.knowledge.almanac.public.get(person.country, frozenset())
            self.legal[key] = self.board.rules.allowed(self.local[person.zone], person.country, public)
        return self.legal[key]

    def _patience(self, called: int, left: int) -> tuple[float, Floats]:
        """Chance that a contact at the next attempt counts, and per attempts left that a failure does not end it."""
        share = self.board.patience.share()
        number = called + 1 + np.arange(left)[::-1]
        ratio = np.minimum(
            1.0, share[np.minimum(number + 1, 31)] / np.maximum(share[np.minimum(number, 31)], 0.05)
        )
        return float(share[min(called + 1, 31)]), np.concatenate([[1.0], ratio])


def seat_first(
    due: Sequence[tuple[float, Waiting]], seats: Sequence[Seat], now: int, mode: str = ""
) -> list[Decision]:
    """Give the free seats to those who gain most; of the seats that fit, the most special one is taken."""
    free = sorted(seats, key=lambda s: (len(s.teams) or 99, len(s.languages) or 99))
    found = []
    for gain, one in due:
        seat = next((s for s in free if s.fits(one.request)), None)
        if seat is None:
            if not free:
                break
            continue
        free.remove(seat)
        forecast = None if one.plan is None else one.plan.forecast(now)
        found.append(Decision(one.request.id, now, mode or one.mode, seat, forecast, gain, one.share))
    return found
