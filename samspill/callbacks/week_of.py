"""One person's coming week as a page may show it: hour by hour how likely they answer, and what went before."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from samspill.callbacks.models import Attempt, Callback, ComingWeek
from samspill.callbacks.people import person
from samspill.callbacks.queue import PLAN_LASTS
from samspill.callbacks.reach.clock import Ints, moments
from samspill.callbacks.reach.facts import Person
from samspill.callbacks.rules import days, rules
from samspill.callbacks.times import worked
from samspill.callbacks.trust import doubt
from samspill.callbacks.weeks import DAYS, HOURS, UNKNOWN, middles
from samspill.kit import clock

HALF, QUARTERS = 1800, np.arange(4) * 900
MOST_CALLS = 60
TOOK = ("answered", "too_late")


@dataclass(frozen=True)
class Hour:
    """One hour of the week, in the person's time; `chance` is None where nobody is called (`closed`) or it is over.

    `answered` and `missed` count their earlier calls on this weekday at this hour.
    """

    at: datetime
    chance: float | None = None
    closed: str = ""
    """there: not called at this hour in their country; here: nobody of us calls then"""
    answered: int = 0
    missed: int = 0
    planned: bool = False


@dataclass(frozen=True)
class Week:
    """The days from today on, each with the hours from the first to the last at which somebody can be called."""

    zone: ZoneInfo
    days: list[tuple[date, list[Hour]]]


def week_of(callback: Callback) -> Week | None:
    """The coming week of a planned callback.

    None where the customer chose no forecast, the lot did, the model is doubted, or there is no fresh plan.
    """
    fresh = callback.planned_at is not None and callback.planned_at > clock.now() - PLAN_LASTS
    forecast = callback.is_open and callback.mode == Callback.Mode.PLANNED and callback.chance is not None
    if not (fresh and forecast and callback.identity) or doubt():
        return None
    kept = ComingWeek.objects.filter(callback=callback).first()
    return _week(callback, kept, person(callback.contact, callback.identity.value)) if kept else None


def _week(callback: Callback, kept: ComingWeek, who: Person) -> Week | None:
    place = ZoneInfo(who.zone)
    every = list(_hours(callback, kept, who))
    open_hours = {i % HOURS for i, hour in enumerate(every) if not hour.closed}
    today = clock.now().astimezone(place).date()
    if not open_hours or kept.day < today - timedelta(days=1):
        return None
    shown = slice(min(open_hours), max(open_hours) + 1)
    rows = [every[day * HOURS : (day + 1) * HOURS][shown] for day in range(DAYS)]
    return Week(place, [(row[0].at.date(), row) for row in rows if row[0].at.date() >= today])


def _hours(callback: Callback, kept: ComingWeek, who: Person) -> Iterator[Hour]:
    halves, place = middles(kept.day, who.zone), ZoneInfo(who.zone)
    there, here = _legal(halves, who), _worked(halves)
    now, calls, packed = clock.now(), _calls(callback, place), bytes(kept.chances)
    for i, half in enumerate(halves.tolist()):
        begins = datetime.fromtimestamp(half - HALF, place)
        closed = "" if there[i] and here[i] else "there" if not there[i] else "here"
        over = begins + timedelta(hours=1) <= now
        known = not closed and not over and packed[i] != UNKNOWN
        planned = known and _is_next(callback, begins, now)
        chance = callback.chance if planned else packed[i] / 100 if known else None
        yield Hour(begins, chance, closed, *calls.get((begins.weekday(), begins.hour), (0, 0)), planned)


def _is_next(callback: Callback, begins: datetime, now: datetime) -> bool:
    """Whether the next call falls into the hour that begins then."""
    return callback.next_at is not None and begins <= max(callback.next_at, now) < begins + timedelta(hours=1)


def _legal(halves: Ints, who: Person) -> list[bool]:
    """Whether calling is allowed in some quarter of each hour, where they are."""
    quarters = (halves[:, None] - HALF + QUARTERS).ravel()
    public = days([who.country], clock.now()).public.get(who.country, frozenset())
    allowed = rules().allowed(moments(quarters, who.zone), who.country, public)
    return [bool(hour.any()) for hour in allowed.reshape(-1, 4)]


def _worked(halves: Ints) -> list[bool]:
    """Whether somebody makes calls in some part of each hour."""
    spans = [(start.timestamp(), end.timestamp()) for start, end in worked(clock.now(), DAYS + 2)]
    return [
        any(start < half + HALF and end > half - HALF for start, end in spans) for half in halves.tolist()
    ]


def _calls(callback: Callback, place: ZoneInfo) -> dict[tuple[int, int], tuple[int, int]]:
    """Answered and missed calls to this person, by weekday and hour there; the latest MOST_CALLS."""
    made = Attempt.objects.filter(callback__contact=callback.contact_id).exclude(outcome="")
    rows = made.order_by("-began_at").values_list("began_at", "outcome")[:MOST_CALLS]
    found: dict[tuple[int, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for began, outcome in rows:
        local = began.astimezone(place)
        answered, missed = found[local.weekday(), local.hour]
        took = outcome in TOOK
        found[local.weekday(), local.hour] = answered + took, missed + (not took)
    return found
