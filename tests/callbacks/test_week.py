"""The coming week of one person: worked out by the planner, shown only where a forecast may be shown."""

from datetime import date, timedelta

import numpy as np
import pytest

from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.change import cancel, choose_classic
from samspill.callbacks.kept import kept
from samspill.callbacks.link import Opened
from samspill.callbacks.models import Callback, CallbackSettings, ComingWeek
from samspill.callbacks.past import Past, bring_past
from samspill.callbacks.planner import Planner
from samspill.callbacks.trust import note
from samspill.callbacks.week_of import week_of
from samspill.callbacks.weeks import UNKNOWN
from tests.callbacks.conftest import OSLO, Watch
from tests.world import World

NUMBERS = {"ingrid": "912 34 567", "yijun": "+886 2 2720 8889"}


def asked(world: World, name: str = "ingrid") -> Callback:
    who = getattr(world, name)
    wish = Wish(NUMBERS[name], "chat", topic="Solceller")
    return ask(who.contact, wish, by=who.contact.actor, wording="callback-2026-11")


def planned(world: World, name: str = "ingrid") -> Callback:
    made = asked(world, name)
    Planner().run()
    return Callback.objects.select_related("contact", "identity").get(pk=made.pk)


def test_a_byte_an_hour_is_kept_beside_the_plan(world: World, watch: Watch) -> None:
    made = planned(world)
    kept = ComingWeek.objects.get(callback=made)
    packed = np.frombuffer(bytes(kept.chances), dtype=np.uint8).reshape(7, 24)
    assert kept.day == date(2026, 11, 16)
    assert (packed[0, :9] == UNKNOWN).all()  # it is nine in the morning
    assert (packed[1:] <= 100).all()
    assert made.chance is not None
    assert packed[0, 9] == pytest.approx(100 * made.chance, abs=1)


def test_the_week_is_worked_out_anew_with_the_plan_and_not_else(world: World, watch: Watch) -> None:
    made, planner = asked(world), Planner()
    planner.run()
    first = ComingWeek.objects.get(callback=made)
    watch.wait(minutes=1)
    planner.run()
    assert ComingWeek.objects.get(callback=made).at == first.at
    past = Past(made.contact, made.identity, watch.now - timedelta(days=3), ((watch.now, "answered"),))
    bring_past(past, by="system")
    choose_classic(made, classic=True, by="contact:1")
    choose_classic(made, classic=False, by="contact:1")
    watch.wait(minutes=1)
    planner.run()
    planner.run()
    assert ComingWeek.objects.get(callback=made).at > first.at


def test_hours_of_law_and_of_ours_are_told_apart_in_their_time(world: World, watch: Watch) -> None:
    made = planned(world)
    week = week_of(made)
    assert week is not None
    assert week.zone.key == "Europe/Oslo"
    (monday, hours), *_, (sunday, rest) = week.days
    assert (monday, sunday) == (date(2026, 11, 16), date(2026, 11, 22))
    assert (hours[0].at.hour, hours[-1].at.hour) == (9, 16)  # the law begins at nine, we end at five
    assert all(hour.chance is not None for hour in hours)
    assert {hour.closed for hour in rest} == {"there"}
    assert [(hour.at.hour, hour.chance) for hour in hours if hour.planned] == [(9, made.chance)]


def test_far_away_the_week_is_theirs(world: World, watch: Watch) -> None:
    week = week_of(planned(world, "yijun"))
    assert week is not None
    assert week.zone.key == "Asia/Taipei"
    assert next(hour.at.hour for hour in week.days[0][1] if not hour.closed) == 15  # eight in Oslo


def test_earlier_calls_lie_on_their_weekday_and_hour(world: World, watch: Watch) -> None:
    made = planned(world)
    tuesday = watch.now.replace(hour=13, minute=20, tzinfo=OSLO) - timedelta(days=6)
    calls = (tuesday, "no_answer"), (tuesday + timedelta(days=-7, minutes=20), "answered")
    bring_past(Past(made.contact, made.identity, tuesday - timedelta(days=8), calls), by="system")
    week = week_of(made)
    assert week is not None
    found = {(hour.at.weekday(), hour.at.hour): (hour.answered, hour.missed)
             for _day, hours in week.days for hour in hours if hour.answered or hour.missed}  # fmt: skip
    assert found == {(1, 13): (1, 1)}


def test_no_forecast_is_shown_where_the_customer_wants_none(world: World, watch: Watch) -> None:
    made, planner = planned(world), Planner()
    choose_classic(made, classic=True, by=made.contact.actor)
    made.refresh_from_db()
    assert week_of(made) is None
    assert not ComingWeek.objects.exists()
    planner.run()
    assert not ComingWeek.objects.exists()
    made.refresh_from_db()
    assert week_of(made) is None


def test_nor_for_the_control_group_a_doubted_model_or_an_old_plan(world: World, watch: Watch) -> None:
    made = planned(world)
    assert week_of(made) is not None
    note("unsure")
    assert week_of(made) is None
    note("")
    Callback.objects.update(mode="control")
    made.refresh_from_db()
    assert week_of(made) is None
    Callback.objects.update(mode="planned")
    made.refresh_from_db()
    watch.wait(minutes=21)
    assert week_of(made) is None


def test_the_customer_can_take_it_along_where_they_are_known(world: World, watch: Watch) -> None:
    made = planned(world)
    [told] = kept(Opened(made, True, True))["callbacks"]
    week = told["chances_in_the_coming_week"]
    assert min(week) == "2026-11-16"
    assert [len(hours) for hours in week.values()] == [24] * 7
    assert week["2026-11-16"][:9] == [None] * 9
    assert all(isinstance(chance, int) for chance in week["2026-11-17"])
    [untold] = kept(Opened(made, True, False))["callbacks"]
    assert untold["chances_in_the_coming_week"] == {}


def test_without_a_model_there_is_no_week(world: World, watch: Watch) -> None:
    CallbackSettings.objects.create(pk=1, uses_model=False)
    assert week_of(planned(world)) is None
    assert not ComingWeek.objects.exists()


def test_it_goes_with_the_end_of_the_callback(world: World, watch: Watch) -> None:
    made, planner = asked(world), Planner()
    planner.run()
    cancel(made, by=made.contact.actor)
    planner.run()
    assert not ComingWeek.objects.exists()


def test_whatever_fails_here_people_are_called(
    world: World, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> None:
        raise ValueError

    monkeypatch.setattr("samspill.callbacks.weeks.chances", broken)
    made = planned(world)
    assert made.place == 0
    assert made.chance is not None
    assert week_of(made) is None
