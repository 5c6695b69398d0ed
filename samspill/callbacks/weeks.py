"""Beside each planned callback the planner keeps a coarse picture of its coming week, so that pages need no model."""

import logging
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from django.db import transaction

from samspill.callbacks.models import Callback, ComingWeek
from samspill.callbacks.reach.board import Plan
from samspill.callbacks.reach.clock import Ints
from samspill.callbacks.reach.facts import Person, Request
from samspill.callbacks.reach.knowing import Knowledge
from samspill.callbacks.reach.shift import Shift
from samspill.callbacks.reach.week import chances
from samspill.kit import clock

log = logging.getLogger(__name__)
DAYS, HOURS, UNKNOWN = 7, 24, 255
AT_ONCE = 60
"""weeks worked out in one run: who is called next must not wait for pictures"""
Made = tuple[Plan, date]


class Weeks:
    """The weeks this process has worked out, each with the plan it goes with."""

    def __init__(self) -> None:
        self.made: dict[int, Made] = {}

    def keep(self, shift: Shift, rows: dict[int, Callback], people: dict[int, Person]) -> None:
        """Work out those whose plan is new, the soonest called first; what is not planned any more loses its week.

        Whatever fails here, the plan stands.
        """
        try:
            with transaction.atomic():
                ComingWeek.objects.exclude(callback__state="open", callback__mode="planned").delete()
                self._write(shift, rows, people)
        except Exception:
            log.exception("the coming weeks of callbacks could not be worked out")
            self.made = {}

    def _write(self, shift: Shift, rows: dict[int, Callback], people: dict[int, Person]) -> None:
        due = self._due(shift, rows, people) if shift.knowledge else {}
        found = [_worked_out(shift, pk, day, people[pk].zone) for pk, (_plan, day) in due.items()]
        ComingWeek.objects.bulk_create(
            found, update_conflicts=True, unique_fields=["callback"], update_fields=["day", "chances", "at"]
        )
        self.made = {pk: made for pk, made in self.made.items() if pk in rows} | due

    def _due(self, shift: Shift, rows: dict[int, Callback], people: dict[int, Person]) -> dict[int, Made]:
        now, wanted = clock.now(), dict[int, Made]()
        for one in sorted(rows.values(), key=lambda one: one.next_at or now):
            plan = shift.open[one.pk].plan
            if plan is None or one.mode != Callback.Mode.PLANNED:
                continue
            known, day = self.made.get(one.pk), now.astimezone(ZoneInfo(people[one.pk].zone)).date()
            if known is None or known[0] is not plan or known[1] != day:
                wanted[one.pk] = plan, day
        return dict(list(wanted.items())[:AT_ONCE])


@lru_cache(maxsize=256)
def middles(day: date, zone: str) -> Ints:
    """Unix seconds of the half of every hour of seven days from this one on, in that zone: 7 × 24."""
    place = ZoneInfo(zone)
    halves = [
        datetime.combine(day + timedelta(days=ahead), time(hour, 30), place)
        for ahead in range(DAYS)
        for hour in range(HOURS)
    ]
    return np.array([int(half.timestamp()) for half in halves], dtype=np.int64)


def _worked_out(shift: Shift, pk: int, day: date, zone: str) -> ComingWeek:
    assert shift.knowledge is not None
    packed = _percent(shift.knowledge, shift.open[pk].request, middles(day, zone))
    return ComingWeek(callback_id=pk, day=day, chances=packed, at=clock.now())


def _percent(knowledge: Knowledge, request: Request, times: Ints) -> bytes:
    """A byte an hour: the chance in percent; UNKNOWN for hours that are over."""
    now = int(clock.now().timestamp())
    ahead = times + 1800 > now
    percent = np.full(len(times), UNKNOWN, dtype=np.uint8)
    at = times[ahead]
    at[:1] = now  # what the hour that runs is worth at this moment
    percent[ahead] = np.rint(100 * chances(knowledge, request, at))
    return percent.tobytes()
