"""What the dashboard is told: only of complete weeks, by mode, beside before and the control group."""

from datetime import date, timedelta

import pytest

from samspill.callbacks import figures, roi
from samspill.callbacks.counting import count_weeks
from samspill.callbacks.estimates import Estimate, known, share
from samspill.callbacks.models import CallbackSettings
from samspill.callbacks.roi import Costs
from tests.callbacks.conftest import MONDAY, Watch
from tests.callbacks.ended import ended, number
from tests.callbacks.test_path import _ask
from tests.world import World

WEEK = date(2026, 11, 16)


def _report(watch: Watch, **wait: float) -> figures.Report:
    watch.wait(**wait)
    count_weeks()
    return figures.report()


def test_by_hand(world: World, watch: Watch) -> None:
    ended(MONDAY, [(0.5, "answered")])
    ended(MONDAY, [(1, "no_answer"), (6, "answered")])
    ended(MONDAY, [(5, "voicemail"), (26, "busy"), (30, "declined"), (50, "answered")])
    ended(MONDAY, [(5, "busy"), (26, "busy")])
    found = _report(watch, days=14).sums["planned"]
    assert found.n == 4
    told = {name: round(one.value, 3) for name, one in found.all.items() if one}
    assert told == {
        "first": 0.25, "within3": 0.5, "reached": 0.75, "in_time": 0.5, "attempts": 2.25, "attempts_of_reached": 2.333,
        "median": 6.125, "hours": 18.833,
    }  # fmt: skip


def test_what_is_open_has_not_failed(world: World, watch: Watch) -> None:
    ended(MONDAY, [(0.5, "answered")])
    _ask(world)
    found = _report(watch, days=8)
    assert [(week.monday, week.n, week.open, week.complete) for week in found.weeks] == [
        (WEEK, 1, 1, False),
        (WEEK + timedelta(days=7), 0, 0, False),
    ]
    assert (found.sums["planned"].n, found.open, found.waiting) == (0, 1, 1)
    found = _report(watch, days=7)
    assert found.weeks[0].complete  # its days are over, whatever is still open
    assert (found.sums["ours"].n, found.open) == (1, 1)


def test_before_any_callback_there_is_no_week(world: World, watch: Watch) -> None:
    found = figures.report()
    assert (found.weeks, found.open, found.started_on) == ([], 0, None)
    assert found.against("control") == []


def test_before_is_what_was_imported_from_before_the_start(world: World, watch: Watch) -> None:
    CallbackSettings.objects.create(pk=1, started_on=WEEK)
    ended(MONDAY - timedelta(days=30), [(20, "busy"), (30, "answered")], source="import")
    ended(MONDAY + timedelta(days=9), [(1, "answered")], source="import")
    ended(MONDAY, [(1, "answered")])
    found = _report(watch, days=21)
    assert (found.sums["before"].n, found.sums["planned"].n, found.sums["ours"].n) == (1, 1, 1)
    assert len(found.weeks) == 4


def test_before_can_be_told(world: World, watch: Watch) -> None:
    roi.change_before({"first": 0.23, "total": 0.45, "attempts": 3.2, "hours": 18}, by=world.astrid)
    before = figures.report().sums["before"].all
    assert before["reached"] == known(0.45)
    assert before["hours"] == known(18)
    assert before["within3"] is None


@pytest.mark.parametrize(
    ("planned", "other", "verdict"),
    [((60, 100), (30, 100), "better"), ((30, 100), (60, 100), "worse"), ((5, 9), (1, 9), "unknown")],
)
def test_verdicts(planned: tuple[int, int], other: tuple[int, int], verdict: str) -> None:
    one, two = share(*planned), share(*other)
    assert one
    assert two
    assert figures.effect("reached", one, two, 200).verdict == verdict
    turned = {"better": "worse", "worse": "better"}.get(verdict, verdict)
    assert figures.effect("attempts", one, two, 200).verdict == turned


def test_what_is_not_shown_says_how_many_it_takes() -> None:
    one, two = share(45, 100), share(40, 100)
    assert one
    assert two
    found = figures.effect("reached", one, two, 200)
    assert found.verdict == "not_yet"
    assert found.more
    assert 2000 < found.more < 4000


def test_calibration_error_is_weighted_by_calls() -> None:
    right, wrong = share(30, 100), share(50, 100)
    assert right
    assert wrong
    assert figures.calibration_error([(0.3, right), (0.9, wrong)]) == pytest.approx(0.2)
    assert figures.calibration_error([]) is None


def test_the_worked_example() -> None:
    """45,000 saved and 180,000 earned against 85,000 invested is a return of 165 %."""
    costs = Costs(hour=50, minutes=12, worth=200, once=85_000)
    found = roi.returned(known(1.95 - 3.2), known(0.70 - 0.45), 3600, costs)
    assert found.saved.value == pytest.approx(45_000)
    assert found.earned.value == pytest.approx(180_000)
    assert found.rate
    assert round(100 * found.rate.value) == 165


def test_the_return_has_the_range_of_the_effect() -> None:
    costs = Costs(hour=60, minutes=10, worth=100, once=1000, monthly=100)
    found = roi.returned(Estimate(-1, -2, 0.5, 90), Estimate(0.1, -0.1, 0.3, 90), 100, costs)
    assert (found.saved.low, found.saved.value, found.saved.high) == (-500, 1000, 2000)
    assert found.earned.low == pytest.approx(-1000)
    assert found.invested == 2200
    assert found.rate
    assert found.rate.low == pytest.approx(-1500 / 2200 - 1)


def test_nothing_invested_has_no_return() -> None:
    assert roi.returned(known(-1), known(0.1), 100, Costs(hour=1, minutes=1)).rate is None


def test_the_pace_of_a_year_is_that_of_complete_weeks(world: World, watch: Watch) -> None:
    who = number()
    for place in range(24):
        ended(MONDAY, [(1, "answered")], "planned" if place % 2 else "control", who=who)
    found = _report(watch, days=7)
    result = roi.worked_out(found, "control", Costs(hour=60, minutes=5, worth=10))
    assert result
    assert result.requests == 24 * 52
    assert roi.worked_out(found, "before", Costs()) is None
