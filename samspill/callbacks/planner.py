"""Plans every open callback: hears what happened, thinks, and writes down who is called now and when the others are."""

import logging
from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.db import connection, transaction

from samspill.callbacks import facts, learned
from samspill.callbacks.models import Callback, CallbackSettings, Caller
from samspill.callbacks.reach.board import Waiting
from samspill.callbacks.reach.clock import Ints
from samspill.callbacks.reach.dial import setting
from samspill.callbacks.reach.outlook import Option, Outlook
from samspill.callbacks.reach.planning import FAR
from samspill.callbacks.reach.shift import Shift
from samspill.callbacks.rules import days, rules
from samspill.callbacks.times import first_opening, openings
from samspill.kit import clock
from samspill.kit.events import emit

log = logging.getLogger(__name__)
LOCK = 7_305_201
PLANNED = ["next_at", "chance", "reasons", "others", "place", "gain", "planned_at"]


class Planner:
    """One process's view of all open callbacks; what it knows can be lost at any time and is learned anew."""

    def __init__(self) -> None:
        self.learned: learned.Learned | None = None
        self.shift: Shift | None = None
        self.doubt = ""
        self.kept_on = -1
        self.try_at = clock.now()

    def run(self) -> int:
        """Plan all; returns how many are open. One process at a time: another one at it makes this one leave."""
        with transaction.atomic():
            return self._run() if _locked() else 0

    def _run(self) -> int:
        now = clock.now()
        ahead = openings(now, FAR)
        rows = {one.pk: one for one in _open()}
        shift = self._shift(rows.values(), now)
        self._hear(shift)
        self._open(shift, rows)
        if not ahead:
            return len(rows)
        steps = np.array([int(moment.timestamp()) for moment in ahead], dtype=np.int64)
        shift.think(int(now.timestamp()))
        queue, doubt = shift.queue(int(steps[0]), steps, _seats())
        opened = ahead[0] <= now
        places = {one.request.id: (i, gain) for i, (gain, one) in enumerate(queue)} if opened else {}
        self._write(shift, rows, steps, places, doubt)
        self._note(doubt)
        self._keep(shift)
        return len(rows)

    def _shift(self, rows: Any, now: datetime) -> Shift:
        """The shift, with today's rules and settings; learned from the start where nothing is kept."""
        almanac = days([facts.met(one).country for one in rows], now)
        held = CallbackSettings.current()
        known = self._known(almanac) if held.uses_model else None
        if self.shift is None or (known is None) != (self.shift.knowledge is None):
            self.shift = Shift(known.knowledge if known else None, almanac, control=0.0)
            if known and self.shift.board:
                self.shift.people = {one.person.id: one.person for one in known.knowledge.people.values()}
                self.shift.board.patience, self.shift.board.price = known.patience, known.price
        self._set(self.shift, almanac)
        return self.shift

    def _known(self, almanac: Any) -> learned.Learned | None:
        """What has been learned; when that fails, people are called without it and it is tried again in an hour."""
        if self.learned is None and clock.now() >= self.try_at:
            try:
                self.learned = learned.load() or learned.learn_anew(almanac)
            except Exception:
                log.exception("what was learned of callbacks cannot be used")
                self.try_at = clock.ahead(hours=1)
        return self.learned

    def _set(self, shift: Shift, almanac: Any) -> None:
        shift.almanac, shift.rules, shift.dial = almanac, rules(), setting(CallbackSettings.current().dial)
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
        for one in rows.values():
            shift.meet(facts.met(one))
            waiting = shift.open.setdefault(one.pk, Waiting(facts.request(one)))
            _update(waiting, one)

    def _write(
        self,
        shift: Shift,
        rows: dict[int, Callback],
        steps: Ints,
        places: dict[int, tuple[int, float]],
        doubt: str,
    ) -> None:
        now = clock.now()
        for one in rows.values():
            if one.fixed_at and one.attempts_made == 0:
                one.next_at, one.place = max(one.fixed_at, now), None
            else:
                one.place, gain = places.get(one.pk, (None, None))
                one.gain = gain if not doubt and one.mode == Callback.Mode.PLANNED else None
                _tell(one, shift.outlook(one.pk, steps), now if one.place is not None else None)
            one.planned_at = now
        Callback.objects.bulk_update(_unchanged(rows), PLANNED, batch_size=500)

    def _note(self, doubt: str) -> None:
        if doubt != self.doubt:
            emit(
                "callbacks.model_doubted" if doubt else "callbacks.model_trusted",
                actor="system",
                reason=doubt,
            )
            self.doubt = doubt

    def _keep(self, shift: Shift) -> None:
        """Once a day, after thinking."""
        if self.learned and shift.board and shift.day != self.kept_on:
            self.learned.patience, self.learned.price = shift.board.patience, shift.board.price
            if self.kept_on != -1:
                learned.keep(self.learned, people=len(shift.people))
            self.kept_on = shift.day


def _locked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _open() -> Any:
    rows = Callback.objects.filter(state="open").exclude(identity=None).select_related("contact", "identity")
    return rows.prefetch_related("attempts")


def _unchanged(rows: dict[int, Callback]) -> list[Callback]:
    """Those that stand as they did when the plan was begun, held from here on; for the others it is made anew soon."""
    held = Callback.objects.select_for_update(of=("self",)).filter(pk__in=rows).order_by("pk")
    now = {one.pk: _standing(one) for one in held}
    return [one for pk, one in rows.items() if now.get(pk) == _standing(one)]


def _standing(one: Callback) -> tuple[object, ...]:
    return (
        one.state,
        one.attempts_made,
        one.taken_by_id,
        one.mode,
        one.not_before,
        one.postponed_until,
        one.fixed_at,
    )


def _update(waiting: Waiting, one: Callback) -> None:
    """As it stands now: mode, calls so far, and the earliest moment; the plan is made anew where these changed."""
    asked = facts.request(one)
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


def _tell(one: Callback, told: Outlook, now: datetime | None) -> None:
    """Write the outlook on the callback; whoever is in the queue is due now."""
    planned = told.planned
    at = datetime.fromtimestamp(planned.at, UTC) if planned else first_opening(clock.ahead(days=1))
    one.next_at = now or at
    one.chance = planned.chance if planned else None
    one.reasons = _reasons(planned) if planned else []
    one.others = [{"at": o.at, "chance": o.chance, "reasons": _reasons(o)} for o in told.others]


def _reasons(option: Option) -> list[dict[str, Any]]:
    return [{"code": r.code, "effect": round(r.effect, 3), "numbers": r.numbers} for r in option.reasons]


def _seats() -> int:
    """Calls that can be made in a quarter of an hour."""
    there = Caller.objects.filter(on_duty=True, agent__is_active=True).count() or 1
    return max(1, round(there * CallbackSettings.current().calls_per_hour / 4))
