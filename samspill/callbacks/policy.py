"""The callback service in the callback environment: its tables and observations become the service's own facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from .board import Board, Waiting, seat_first
from .clock import DAY, HOUR
from .facts import Almanac, Attempt, Person, Request, Seat, Sign
from .knowing import Knowledge
from .planning import FAR, FAST, THOROUGH, Dial
from .rules import Rules

EPOCH = date(1970, 1, 1).toordinal()
Table = dict[str, Any]


class Policy:
    REFIT = 7
    def __init__(self, dial: Dial | None = None, knowledge: dict | None = None, rules=None) -> None:
        self.dial = dial or Dial()
        self.opt = knowledge or {}
        self.ropt = rules or {}

    def fit(self, info: Table, tables: Table, calendar: Table) -> None:
        self.steps = np.array(info["steps"], dtype=np.int64)
        self.home, self.calendar, self.wanted = info["company"], calendar, info["preferred_windows"]
        self.know = Knowledge(almanac(calendar), **self.opt)
        rules = Rules(attempts=info["max_attempts"], days=info["expire_days"], **self.ropt)
        self.board = Board(self.know, rules, self.dial)
        self.open: dict[int, Waiting] = {}
        self.day, self.refitted = -1, -1
        self.replay(tables)

    def replay(self, tables: Table) -> None:
        for c in rows(tables["customers"]):
            self.know.meet(self.person(c))
        requests = {r["request_id"]: self.request(r) for r in rows(tables["requests"])}
        stream: list[Any] = [(r.created, 0, Sign(r.created, r.person, "asked:" + r.channel)) for r in requests.values()]
        stream += [(e["t"], 1, Sign(e["t"], e["customer_id"], e["kind"])) for e in rows(tables["events"])]
        stream += [(a["t"], 2, attempt(a)) for a in rows(tables["attempts"])]
        stream.sort(key=lambda s: (s[0], s[1]))
        if not stream:
            return
        last = stream[-1][0]
        marks = [m for m in (last - 45 * DAY, last - 25 * DAY) if m > stream[0][0] + 7 * DAY]
        begin = marks[0] if marks else stream[0][0] + 7 * DAY
        for at, kind, fact in stream:
            if marks and at >= marks[0]:
                marks.pop(0); self.know.refit(at, 10); self.know.weigh()
            if kind < 2:
                self.know.notice(fact)
            else:
                self.board.hear(fact)
                row = self.know.row(requests[fact.request], at) if at >= begin and self.know.types is not None else None
                self.know.hear(fact, row)
        self.know.refit(last, 15)
        self.know.weigh()

    def act(self, obs: Table) -> list[tuple[int, float]]:
        now, know = obs["now"], self.know
        for c in obs["new_customers"]:
            know.meet(self.person(c))
        touched = set()
        for r in obs["results"]:
            one = self.open.get(r["request_id"])
            if one is None:
                continue
            a = attempt(r)
            i = one.plan.index(a.at)
            know.hear(a, one.plan.rows[i])
            know.calibration.hear(1/(1+np.exp(-float(one.plan.rows[i] @ know.weights))), a.outcome in ("answered", "too_late"))
            self.board.hear(a)
            one.called.append(a.at)
            touched.add(a.person)
            if r["closed"]:
                del self.open[a.request]
        for r in obs["closed"]:
            self.open.pop(r["request_id"], None)
        for r in obs["new_requests"]:
            q = self.request(r)
            know.notice(Sign(q.created, q.person, "asked:" + q.channel))
            self.open[q.id] = Waiting(q)
        for t, c, k in obs["new_events"]:
            know.notice(Sign(t, c, k))
            if k == "inbound_call":
                touched.add(c)
        today = now // DAY
        if today != self.day:
            if self.day >= 0:
                know.weigh(); know.calibration.fit()
                if today - self.refitted >= self.REFIT:
                    know.refit(now, 3 if today // 7 % 4 else 10)
                    self.refitted = today
            else:
                self.refitted = today
            self.day = today
            for one in self.open.values():
                one.plan = None
        for one in self.open.values():
            if one.request.person in touched:
                one.plan = None
        todo = [w for w in self.open.values() if self.board.stale(w, now) and
                (not w.called or now >= w.called[-1] + self.board.rules.rest)]
        s = obs["step"]
        if todo:
            self.board.replan(todo, self.steps[s: s + FAR])
        chosen = seat_first(self.board.due(list(self.open.values()), now), [Seat()] * obs["capacity_left"], now)
        return [(d.request, d.forecast) for d in chosen]

    def person(self, c: Table) -> Person:
        """The number's country before the record's."""
        country = c["phone_country"] or c["country"] or self.home["country"]
        zone = self.calendar["timezones"].get(country) or c["timezone"] or self.home["tz"]
        return Person(c["customer_id"], zone, country, c["region"] or "", (c["industry"], c["role"]))

    def request(self, r: Table) -> Request:
        window = self.wanted.get(r["preferred"]) if r["preferred"] else None
        return Request(r["request_id"], r["customer_id"], r["created"], r["channel"], tuple(window) if window else None)


def rows(table: Table) -> list[Table]:
    return [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]


def attempt(a: Table) -> Attempt:
    return Attempt(a["t"], a["request_id"], a["customer_id"], a["attempt"], a["outcome"])


def almanac(calendar: Table) -> Almanac:
    day = lambda iso: date.fromisoformat(iso).toordinal() - EPOCH
    public = {c: frozenset(map(day, days)) for c, days in calendar["public_holidays"].items()}
    school = {r: frozenset(d for a, b in spans for d in range(day(a), day(b) + 1))
              for r, spans in calendar["school_holidays"].items()}
    return Almanac(public, school)


def make() -> Policy:
    return Policy()


def thorough() -> Policy:
    return Policy(THOROUGH)


def fast() -> Policy:
    return Policy(FAST)
