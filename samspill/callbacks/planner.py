"""Plans every open callback: hears what happened, thinks, and writes down who is called now and when the others are."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction

from samspill.callbacks import facts, learned
from samspill.callbacks.alone import alone
from samspill.callbacks.models import Callback, CallbackSettings, Caller
from samspill.callbacks.reach.board import Plan, Waiting
from samspill.callbacks.reach.clock import Ints
from samspill.callbacks.reach.dial import setting
from samspill.callbacks.reach.facts import Person, Request
from samspill.callbacks.reach.outlook import Option, Outlook
from samspill.callbacks.reach.planning import FAR
from samspill.callbacks.reach.shift import Shift
from samspill.callbacks.rules import days, rules
from samspill.callbacks.times import first_opening, hours_of_work, openings
from samspill.callbacks.trust import note
from samspill.callbacks.weeks import Weeks
from samspill.callbacks.writing import plan_of, write
from samspill.kit import clock
from samspill.kit.once import reading_once

log = logging.getLogger(__name__)
A_MOMENT = timedelta(seconds=50)
Places = dict[int, tuple[int, float]]


class Planner:
    """One process's view of all open callbacks; what it knows can be lost at any time and is learned anew."""

    def __init__(self) -> None:
        self.learned: learned.Learned | None = None
        self.shift: Shift | None = None
        self.people: dict[int, Person] = {}
        self.told: dict[int, tuple[Plan | None, Outlook]] = {}
        self.weeks = Weeks()
        self.set: tuple[Any, ...] = ()
        self.kept_on = -1
        self.try_at = clock.now()

    def run(self) -> int:
        """Plan all; returns how many are open. One process at a time: another one at it makes this one leave."""
        with transaction.atomic(), reading_once():
            return self._run() if alone() else 0

    def _run(self) -> int:
        now = clock.now()
        ahead = openings(now, FAR)
        rows = {one.pk: one for one in _open()}
        self.people = {one.pk: facts.met(one) for one in rows.values()}
        before = {one.pk: plan_of(one) for one in rows.values()}
        shift = self._shift(now)
        self._hear(shift)
        self._open(shift, rows)
        if not ahead:
            return len(rows)
        steps = np.array([int(moment.timestamp()) for moment in ahead], dtype=np.int64)
        shift.think(int(now.timestamp()))
        queue, doubt = shift.queue(int(steps[0]), steps, _seats())
        opened = ahead[0] <= now
        places = {one.request.id: (i, gain) for i, (gain, one) in enumerate(queue)} if opened else {}
        self._tell(shift, rows, steps, places, doubt)
        write(rows, before, now)
        if not doubt:
            self.weeks.keep(shift, rows, self.people)
        note(doubt)
        self._keep(shift)
        return len(rows)

    def _shift(self, now: datetime) -> Shift:
        """The shift, with today's rules and settings; learned from the start where nothing is kept."""
        almanac = days([one.country for one in self.people.values()], now)
        before = self.learned
        known = self._known(almanac) if CallbackSettings.current().uses_model else None
        if self.shift is None or (known is None) != (self.shift.knowledge is None) or known is not before:
            self.shift = Shift(known.knowledge if known else None, almanac, control=0.0)
            if known and self.shift.board:
                self.shift.people = {one.person.id: one.person for one in known.knowledge.people.values()}
                self.shift.board.patience, self.shift.board.price = known.patience, known.price
        self._set(self.shift, almanac)
        return self.shift

    def _known(self, almanac: Any) -> learned.Learned | None:
        """What has been learned; when that fails, people are called without it and it is tried again later."""
        if self.learned and not learned.still_kept(self.learned):
            self.learned = None
        if self.learned is None and clock.now() >= self.try_at:
            try:
                with transaction.atomic():
                    self.learned = learned.load() or learned.learn_anew(almanac)
            except learned.Unreadable:
                log.warning("what was learned of callbacks cannot be read; it is learned anew in a minute")
                learned.drop()
                self.try_at = clock.now() + A_MOMENT
            except Exception:
                log.exception("what was learned of callbacks cannot be used")
                self.try_at = clock.ahead(hours=1)
        return self.learned

    def _set(self, shift: Shift, almanac: Any) -> None:
        """Rules, dial and hours as they are now; where one has changed, every plan is made anew."""
        shift.almanac, shift.rules, shift.dial = almanac, rules(), setting(CallbackSettings.current().dial)
        found = (shift.rules, shift.dial, CallbackSettings.current().school, hours_of_work())
        if found != self.set:
            self.set = found
            for one in shift.open.values():
                one.plan = None
        if shift.knowledge:
            shift.knowledge.almanac = almanac
        if shift.board:
            shift.board.rules, shift.board.dial = shift.rules, shift.dial

    def _hear(self, shift: Shift) -> None:
        if self.learned is None:
            return
        for one in self.learned.facts.asked():
            shift.meet(facts.met(one))
            shift.ask(facts.request(one))
        for trace in self.learned.facts.traces(shift.people):
            shift.notice(trace)
        for call in self.learned.facts.calls():
            if call.person in shift.people:
                shift.hear(call)

    def _open(self, shift: Shift, rows: dict[int, Callback]) -> None:
        """The shift holds just what is open, as it stands in the tables."""
        for gone in set(shift.open) - set(rows):
            shift.close(gone)
        self.told = {pk: told for pk, told in self.told.items() if pk in rows}
        for one in rows.values():
            shift.meet(self.people[one.pk])
            asked = facts.request(one, self.people[one.pk])
            _update(shift.open.setdefault(one.pk, Waiting(asked)), asked, one)

    def _tell(self, shift: Shift, rows: dict[int, Callback], steps: Ints, places: Places, doubt: str) -> None:
        now = clock.now()
        for one in rows.values():
            if one.fixed_at and one.attempts_made == 0:
                one.next_at, one.place = max(one.fixed_at, now), None
                continue
            place, gain = places.get(one.pk, (None, None))
            _say(one, self._outlook(shift, one.pk, steps), now if place is not None else None)
            one.place = place
            one.gain = gain if not doubt and one.mode == Callback.Mode.PLANNED else None

    def _outlook(self, shift: Shift, pk: int, steps: Ints) -> Outlook:
        """The outlook on one callback; the same as the last time while its plan is the same and still ahead."""
        waiting, known = shift.open[pk], self.told.get(pk)
        if known and known[0] is not None and known[0] is waiting.plan and _ahead(known[1], int(steps[0])):
            return known[1]
        told = shift.outlook(pk, steps)
        self.told[pk] = (waiting.plan if told.planned and told.planned.chance is not None else None, told)
        return told

    def _keep(self, shift: Shift) -> None:
        """Once a day, after thinking."""
        if self.learned and shift.board and shift.day != self.kept_on:
            self.learned.patience, self.learned.price = shift.board.patience, shift.board.price
            if self.kept_on != -1:
                learned.keep(self.learned, people=len(shift.people))
            self.kept_on = shift.day


def _open() -> Any:
    rows = Callback.objects.filter(state="open").exclude(identity=None).select_related("contact", "identity")
    return rows.prefetch_related("attempts")


def _ahead(told: Outlook, now: int) -> bool:
    return all(option.at >= now for option in (told.planned, *told.others) if option)


def _update(waiting: Waiting, asked: Request, one: Callback) -> None:
    """As it stands now: mode, calls so far, and the earliest moment; the plan is made anew where these changed."""
    called = sorted(int(a.began_at.timestamp()) for a in one.attempts.all())
    earliest = max([0, *(int(m.timestamp()) for m in (one.not_before, one.postponed_until) if m)])
    now = int(clock.now().timestamp())
    changed = (waiting.request, waiting.called, waiting.earliest, waiting.mode) != (
        asked,
        called,
        earliest,
        one.mode,
    )
    if changed or (waiting.plan is not None and int(waiting.plan.times[0]) < earliest <= now):
        waiting.plan = None
    waiting.request, waiting.called, waiting.earliest, waiting.mode = asked, called, earliest, one.mode
    waiting.share = one.share


def _say(one: Callback, told: Outlook, now: datetime | None) -> None:
    """Put the outlook on the callback; whoever is in the queue is due since it came there."""
    planned = told.planned
    at = datetime.fromtimestamp(planned.at, UTC) if planned else first_opening(clock.ahead(days=1))
    one.next_at = min(now, one.next_at or now) if now else at
    one.chance = planned.chance if planned else None
    one.reasons = _reasons(planned) if planned else []
    one.others = [{"at": o.at, "chance": o.chance, "reasons": _reasons(o)} for o in told.others]


def _reasons(option: Option) -> list[dict[str, Any]]:
    return [{"code": r.code, "effect": round(r.effect, 3), "numbers": r.numbers} for r in option.reasons]


def _seats() -> int:
    """Calls that can be made in a quarter of an hour."""
    there = Caller.objects.filter(on_duty=True, agent__is_active=True).count() or 1
    return max(1, round(there * CallbackSettings.current().calls_per_hour / 4))
