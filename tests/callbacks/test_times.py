"""When calls are made, and what can be promised."""

from datetime import datetime, timedelta

import pytest

from samspill.callbacks.models import CallbackSettings, Caller
from samspill.callbacks.times import first_opening, offers, openings, promise
from samspill.kit.once import reading_once
from samspill.workspace.models import Workspace
from tests.callbacks.conftest import MONDAY, OSLO
from tests.world import World

FRIDAY_LATE = datetime(2026, 11, 20, 15, 0, tzinfo=OSLO)


def _local(moments: list[datetime]) -> list[str]:
    return [f"{moment.astimezone(OSLO):%a %H:%M}" for moment in moments]


def test_openings_begin_with_the_running_quarter(world: World) -> None:
    assert _local(openings(MONDAY + timedelta(minutes=7), 3)) == ["Mon 09:00", "Mon 09:15", "Mon 09:30"]
    assert _local(openings(FRIDAY_LATE + timedelta(hours=4), 1)) == ["Mon 08:00"]


def test_openings_are_none_where_nobody_ever_works(world: World) -> None:
    Workspace.objects.update(hours={})
    assert openings(MONDAY, 3) == []
    assert first_opening(MONDAY) == MONDAY + timedelta(days=1)


def test_a_promise_counts_opening_hours_only(world: World) -> None:
    assert _local(list(promise(FRIDAY_LATE))) == ["Fri 15:00", "Mon 10:00"]


def test_a_holiday_is_no_opening(world: World) -> None:
    Workspace.objects.update(holidays=["2026-11-23"])
    assert _local(list(promise(FRIDAY_LATE))) == ["Fri 15:00", "Tue 10:00"]


def test_nothing_promised_is_a_day_of_opening_hours(world: World) -> None:
    CallbackSettings.objects.create(pk=1, promise_hours=0)
    assert _local(list(promise(MONDAY))) == ["Mon 09:00", "Mon 17:00"]


def test_callers_with_hours_of_their_own(world: World) -> None:
    Caller.objects.create(agent=world.kari, hours={"mon": [["17:00", "19:00"]]})
    with reading_once():
        assert _local(openings(MONDAY, 1)) == ["Mon 17:00"]
    Caller.objects.update(on_duty=False)
    assert _local(openings(MONDAY, 1)) == ["Mon 09:00"]


def test_offers_are_mornings_and_afternoons_of_the_next_open_days(world: World) -> None:
    found = [f"{a:%a %H:%M}–{b:%H:%M}" for a, b in offers(MONDAY.replace(hour=11, minute=20))]
    assert found == [
        "Mon 12:00–17:00", "Tue 08:00–12:00", "Tue 12:00–17:00", "Wed 08:00–12:00", "Wed 12:00–17:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "day", [datetime(2026, 10, 24, 12, tzinfo=OSLO), datetime(2027, 3, 27, 12, tzinfo=OSLO)]
)
def test_the_clock_change_moves_nothing(world: World, day: datetime) -> None:
    assert _local(openings(day, 1)) == ["Mon 08:00"]
