"""Each request is counted once, whenever and however often, and stays counted."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from samspill.callbacks import counting
from samspill.callbacks.counting import count_weeks, uncount
from samspill.callbacks.models import Attempt, Callback, CallbackSettings, ReachHour, ReachWeek
from samspill.callbacks.tally import STEPS, add, edge, width
from samspill.callbacks.work import call, finish, take, take_back
from tests.callbacks.conftest import MONDAY, Watch
from tests.callbacks.ended import Calls, ended, number
from tests.callbacks.test_path import _ask
from tests.world import World

WEEK = date(2026, 11, 16)
CALLS: list[Calls] = [
    [(0.5, "answered")],
    [(1, "no_answer"), (6, "answered")],
    [(5, "voicemail"), (26, "busy"), (30, "declined")],
    [],
    [(2, "too_late")],
]


def _kept() -> dict[str, Any]:
    weeks = {f"{row.week} {row.mode}": row.counts for row in ReachWeek.objects.all()}
    hours = sorted(ReachHour.objects.filter(calls__gt=0).values_list("month", "slot", "calls", "answers"))
    return {"weeks": {name: counts for name, counts in weeks.items() if counts}, "hours": hours}


def _later(watch: Watch) -> None:
    watch.wait(days=14)


def test_by_hand(world: World, watch: Watch) -> None:
    for calls in CALLS:
        ended(MONDAY, calls)
    ended(MONDAY, [], state="cancelled")
    _later(watch)
    assert count_weeks() == 6
    counts = ReachWeek.objects.get(week=WEEK, mode="planned").counts
    assert counts == {
        "requests": 5, "withdrawn": 1, "first": 1, "within3": 2, "reached": 2, "late": 1,
        "attempts": 7, "attempts_squared": 1 + 4 + 9 + 1, "attempts_of_reached": 3, "attempts_of_reached_squared": 5,
        "hours": 6.5, "hours_squared": 36.25, "waits": {"0.5": 1, "6": 1}, "promised": 5, "in_time": 3,
    }  # fmt: skip
    half_past_nine = ReachHour.objects.get(slot=9 * 2 + 1)
    assert (half_past_nine.month, half_past_nine.calls, half_past_nine.answers) == (date(2026, 11, 1), 1, 1)
    assert sum(row.calls for row in ReachHour.objects.all()) == 7
    assert sum(row.answers for row in ReachHour.objects.all()) == 3


def test_hours_are_those_of_the_customer(world: World, watch: Watch) -> None:
    from samspill.contacts.recognise import recognise

    ended(MONDAY, [(0, "answered")], who=recognise("phone", "+886912345678"))
    _later(watch)
    count_weeks()
    assert ReachHour.objects.get().slot == 16 * 2  # nine in Oslo is four in Taipei


def test_forecasts_go_into_tenths(world: World, watch: Watch) -> None:
    ended(MONDAY, [(1, "no_answer"), (2, "answered")], chances=[0.31, 1.0])
    ended(MONDAY, [(1, "answered")], chances=[0.39])
    _later(watch)
    count_weeks()
    assert ReachWeek.objects.get().counts["bins"] == {
        "3": {"calls": 2, "answers": 1, "chance": 0.7},
        "9": {"calls": 1, "answers": 1, "chance": 1.0},
    }


def test_open_ones_wait_and_a_slip_can_still_be_taken_back(world: World, watch: Watch) -> None:
    asked = _ask(world)
    attempt = call(take(asked, world.kari), world.kari)
    assert count_weeks() == 0
    finish(attempt, "wrong_number", by=world.kari.actor)
    watch.wait(minutes=14)
    assert count_weeks() == 0
    take_back(attempt, by=world.kari.actor)
    finish(attempt, "answered", by=world.kari.actor)
    watch.wait(minutes=16)
    assert (count_weeks(), count_weeks()) == (1, 0)
    assert ReachWeek.objects.get().counts["reached"] == 1


def test_order_and_portions_do_not_matter(
    world: World, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot = random.Random(5)
    for _ in range(40):
        asked = MONDAY - timedelta(hours=lot.randrange(0, 1500))
        ended(
            asked,
            lot.choice(CALLS),
            lot.choice(["planned", "control", "first_come"]),
            chances=[0.2, 0.4, 0.6],
        )
    _later(watch)
    assert count_weeks() == 40
    whole = _kept()
    uncount(Callback.objects.values_list("pk", flat=True))
    assert _kept() == {"weeks": {}, "hours": []}
    monkeypatch.setattr(counting, "PORTION", 7)
    every = list(Callback.objects.values_list("pk", flat=True))
    lot.shuffle(every)
    Callback.objects.filter(pk__in=every[:20]).update(ended_at=MONDAY + timedelta(days=1))
    assert count_weeks() == 40
    assert _kept() == whole


def test_what_is_forgotten_stays_counted(world: World, watch: Watch) -> None:
    for calls in CALLS:
        ended(MONDAY, calls)
    _later(watch)
    count_weeks()
    whole = _kept()
    Attempt.objects.all().delete()
    assert count_weeks() == 0
    assert _kept() == whole
    Callback.objects.all().delete()
    late = ended(MONDAY, [(1, "answered")])
    assert count_weeks() == 1
    assert ReachWeek.objects.get().counts["requests"] == 6
    late.contact.delete()
    count_weeks()
    assert ReachWeek.objects.get().counts["requests"] == 6


def test_what_fails_half_way_is_counted_once_later(
    world: World, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended(MONDAY, CALLS[1])
    _later(watch)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(counting, "emit", fail)
        with pytest.raises(RuntimeError), transaction.atomic():
            count_weeks()
    assert not ReachWeek.objects.exists()
    assert count_weeks() == 1
    assert ReachWeek.objects.get().counts["attempts"] == 2


def test_imported_and_earlier_ones_count_as_before(world: World, watch: Watch) -> None:
    CallbackSettings.objects.create(pk=1, started_on=WEEK)
    ended(MONDAY - timedelta(days=3), CALLS[0])
    ended(MONDAY, CALLS[0], source="import")
    ended(MONDAY, CALLS[0], "control")
    _later(watch)
    count_weeks()
    assert {(row.mode, row.counts["requests"]) for row in ReachWeek.objects.all()} == {
        ("before", 1),
        ("control", 1),
    }
    assert ReachWeek.objects.filter(mode="before").count() == 2
    assert "promised" not in ReachWeek.objects.get(mode="before", week=WEEK).counts


def test_weeks_begin_where_the_company_is(world: World, watch: Watch) -> None:
    sunday_night = datetime(2026, 11, 15, 23, 30, tzinfo=MONDAY.tzinfo)
    assert counting.week_of(sunday_night) == date(2026, 11, 9)
    assert counting.week_of(sunday_night + timedelta(hours=1)) == WEEK


def test_counting_many_asks_little(world: World, watch: Watch) -> None:
    who = number()
    for _ in range(3):
        ended(MONDAY, CALLS[0], who=who)
    _later(watch)
    with CaptureQueriesContext(
        connection,
    ) as few:
        count_weeks()
    for _ in range(30):
        ended(MONDAY, CALLS[0], who=who)
    with CaptureQueriesContext(connection) as many:
        count_weeks()
    assert len(many) <= len(few) + 1


shaped = st.fixed_dictionaries(
    {}, optional={"n": st.integers(1, 99), "hours": st.integers(1, 10**6).map(lambda n: n / 10_000), "waits": st.dictionaries(st.sampled_from("xyz"), st.integers(1, 9), min_size=1)}
)  # fmt: skip


@given(st.lists(shaped, max_size=8), st.randoms())
def test_sums_do_not_depend_on_the_order_and_can_be_taken_off(
    parts: list[dict[str, Any]], lot: random.Random
) -> None:
    def total(rows: list[dict[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row in rows:
            found = add(found, row)
        return found

    mixed = list(parts)
    lot.shuffle(mixed)
    assert total(parts) == total(mixed)
    left = total(parts)
    for row in mixed:
        left = add(left, row, -1)
    assert left == {}


@given(st.floats(0, STEPS[-1][0] * 2))
def test_every_wait_has_a_span(hours: float) -> None:
    low = edge(hours)
    assert low <= hours
    assert hours < low + width(low) or low == STEPS[-1][0]
