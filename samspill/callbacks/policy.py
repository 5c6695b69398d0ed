"""The callback service in the callback environment: its tables and observations become the service's own facts."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from .reach.almanac import day_number
from .reach.clock import DAY
from .reach.facts import Almanac, Attempt, Person, Request, Seat, Trace
from .reach.fallback import Guard
from .reach.knowing import Knowledge
from .reach.planning import FAR, FAST, THOROUGH, Dial
from .reach.reliving import relive
from .reach.rules import Rules
from .reach.shift import Shift

Table = dict[str, Any]


class Policy:
    """What the environment's runner asks for: `fit` once with the company's past, `act` at every step.

    The environment counts effects itself, so no control group is held back here.
    """

    def __init__(
        self, dial: Dial | None = None, remove_after_days: int | None = None, **options: Any
    ) -> None:
        self.dial, self.remove_after, self.options = dial or Dial(), remove_after_days, options

    def fit(self, info: Table, tables: Table, calendar: Table) -> None:
        """Learn from the company's past calls."""
        self.steps = np.array(info["steps"], dtype=np.int64)
        self.home, self.calendar, self.wanted = info["company"], calendar, info["preferred_windows"]
        days = almanac(calendar)
        rules = Rules(
            attempts=info["max_attempts"], days=info["expire_days"], **self.options.get("rules", {})
        )
        know = Knowledge(days, **self.options.get("knowledge", {}))
        # the environment's clock stands still while we think, whatever else the machine does meanwhile
        self.shift = Shift(know, days, rules, self.dial, control=0.0, guard=Guard(seconds=60.0))
        self._replay(tables)

    def act(self, obs: Table) -> list[tuple[int, float] | int]:
        """Take in what happened since the last step, and say whom to call now."""
        shift, now = self.shift, obs["now"]
        if self.remove_after is not None and now >= self.steps[0] + self.remove_after * DAY:
            shift.knowledge = shift.board = None
        self._take_in(obs)
        shift.think(now)
        openings = self.steps[obs["step"] : obs["step"] + FAR]
        calls = shift.next_calls(now, openings, [Seat()] * obs["capacity_left"])
        return [c.request if c.forecast is None else (c.request, c.forecast) for c in calls]

    def _take_in(self, obs: Table) -> None:
        for c in obs["new_customers"]:
            self.shift.meet(self._person(c))
        for r in obs["results"]:
            self.shift.hear(attempt(r))
            if r["closed"]:
                self.shift.close(r["request_id"])
        for r in obs["closed"]:
            self.shift.close(r["request_id"])
        for r in obs["new_requests"]:
            self.shift.ask(self._request(r))
        for at, person, kind in obs["new_events"]:
            self.shift.notice(Trace(at, person, kind))

    def _replay(self, tables: Table) -> None:
        for c in rows(tables["customers"]):
            self.shift.meet(self._person(c))
        requests = [self._request(r) for r in rows(tables["requests"])]
        traces = [Trace(e["t"], e["customer_id"], e["kind"]) for e in rows(tables["events"])]
        relive(self.shift, requests, traces, [attempt(a) for a in rows(tables["attempts"])])

    def _person(self, c: Table) -> Person:
        """The number's country before the record's."""
        country = c["phone_country"] or c["country"] or self.home["country"]
        zone = self.calendar["timezones"].get(country) or c["timezone"] or self.home["tz"]
        return Person(c["customer_id"], zone, country, c["region"] or "", (c["industry"], c["role"]))

    def _request(self, r: Table) -> Request:
        window = self.wanted.get(r["preferred"]) if r["preferred"] else None
        return Request(
            r["request_id"], r["customer_id"], r["created"], r["channel"], tuple(window) if window else None
        )


def rows(table: Table) -> list[Table]:
    return [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]


def attempt(a: Table) -> Attempt:
    return Attempt(a["t"], a["request_id"], a["customer_id"], a["attempt"], a["outcome"])


def almanac(calendar: Table) -> Almanac:
    public = {c: frozenset(map(_day, days)) for c, days in calendar["public_holidays"].items()}
    school = {
        r: frozenset(d for a, b in spans for d in range(_day(a), _day(b) + 1))
        for r, spans in calendar["school_holidays"].items()
    }
    return Almanac(public, school)


def _day(iso: str) -> int:
    return day_number(date.fromisoformat(iso))


def make() -> Policy:
    """The balance the product starts with."""
    return Policy()


def thorough() -> Policy:
    """The dial at "thorough": as many people as possible, with few calls."""
    return Policy(THOROUGH)


def fast() -> Policy:
    """The dial at "fast": as soon as possible."""
    return Policy(FAST)


def removed_on_day_30() -> Policy:
    """The model disappears in the middle of the work."""
    return Policy(remove_after_days=30)
