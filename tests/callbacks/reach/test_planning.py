import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.callbacks.reach.clock import DAY, HOUR, moments
from samspill.callbacks.reach.planning import FAST, THOROUGH, Dial, Patience, value
from samspill.callbacks.reach.rules import Hours, Rules

from .town import MONDAY, openings


def plan(
    odds: list[float],
    worth: list[float] | None = None,
    left: int = 3,
    rest: int = 1,
    drop: float = 0.0,
    cost: float = 0.02,
) -> tuple[np.ndarray, np.ndarray]:
    n = len(odds)
    after = np.minimum(np.arange(n) + rest, n)
    call, best = value(
        np.array([odds]),
        np.full((1, n, n), -drop),
        np.array([worth or [1.0] * n]),
        np.ones((1, n), dtype=bool),
        after,
        np.ones(left + 1),
        left,
        cost,
    )
    return call[0], best[0]


def test_one_attempt_left_waits_for_the_best_moment() -> None:
    call, best = plan([-1.0, 2.0, 0.0], left=1)
    assert call[0] < best[1]
    assert call[1] > best[2]


def test_attempts_left_make_an_early_try_cheaper() -> None:
    gains = [call[0] - best[1] for call, best in (plan([-1.0, 2.0, 0.0], left=n) for n in (1, 2, 3))]
    assert gains[0] < gains[1]
    assert gains[0] < gains[2]


def test_a_failure_that_tells_of_later_ones_makes_waiting_wiser() -> None:
    free, _ = plan([0.0, 1.0, 1.0], left=2)
    taught, _ = plan([0.0, 1.0, 1.0], left=2, drop=2.0)
    assert taught[0] < free[0]


def test_worth_that_fades_makes_calls_earlier() -> None:
    odds = [0.0, 0.3]
    slow, quick = Dial(lasting=1.0), FAST
    hours = np.array([0.0, 20.0])
    for dial, now in ((slow, False), (quick, True)):
        call, best = plan(odds, dial.worth(hours).tolist(), left=1)
        assert (call[0] > best[1]) == now


def test_the_worth_of_a_contact_falls_through_the_given_points() -> None:
    worth = Dial(lasting=0.0).worth(np.array([0.0, 24.0, 48.0, 72.0]))
    np.testing.assert_allclose(worth[:3], [1.0, 0.42, 0.12], atol=1e-9)
    assert worth[3] < worth[2]
    assert THOROUGH.worth(np.array([48.0]))[0] > Dial().worth(np.array([48.0]))[0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-3, 3), min_size=2, max_size=12), st.integers(1, 5), st.floats(0, 2))
def test_the_value_of_waiting_never_grows_as_moments_pass(odds: list[float], left: int, drop: float) -> None:
    call, best = plan(odds, left=left, drop=drop)
    assert np.all(np.diff(best) <= 1e-12)
    assert np.all(best[:-1] >= call - 1e-12)
    assert best[-1] == 0


def test_patience_learns_that_late_contacts_come_too_late() -> None:
    patience = Patience()
    for _ in range(100):
        patience.hear(4, "too_late")
        patience.hear(1, "answered")
    assert patience.share()[4] < 0.15
    assert patience.share()[1] > 0.95


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 90), st.sampled_from(["Europe/Oslo", "America/New_York", "Asia/Taipei"]))
def test_legal_hours_are_local_hours(quarters: int, zone: str) -> None:
    rules = Rules(countries={"XX": Hours(week=((10.0, 12.0),) * 5 + (None, None), holidays=False)})
    times = np.array([MONDAY + quarters * 8 * 900])
    at = moments(times, zone)
    allowed = bool(rules.allowed(at, "XX", frozenset())[0])
    inside = 40 <= at.quarter[0] < 48 and at.weekday[0] < 5
    assert allowed == inside
    assert not rules.allowed(at, "XX", frozenset({int(at.day[0])}))[0]


def test_hours_with_a_break_are_kept_around_it() -> None:
    rules = Rules(countries={"FR": Hours(week=(((10.0, 13.0), (14.0, 20.0)),) * 5 + (None, (10.0, 12.0)))})
    quarters = MONDAY + np.arange(96) * 900
    for day, hours in ((0, [*range(10, 13), *range(14, 20)]), (5, []), (6, [10, 11])):
        allowed = rules.allowed(moments(quarters + day * DAY, "UTC"), "FR", frozenset())
        assert np.flatnonzero(allowed).tolist() == [4 * hour + i for hour in hours for i in range(4)]


def test_rest_and_calls_a_day_are_kept() -> None:
    rules = Rules(rest=2 * HOUR, per_day=2)
    times = openings(days=2)
    called = [MONDAY + 9 * HOUR, MONDAY + 12 * HOUR]
    free = times[rules.rested(times, called)]
    assert free.min() >= MONDAY + DAY + 9 * HOUR
    assert not rules.may(MONDAY + 13 * HOUR, [MONDAY + 12 * HOUR])
    assert [rules.may(int(t), called) for t in times] == rules.rested(times, called).tolist()
