import pickle

import numpy as np
import pytest

from samspill.callbacks.reach.calibration import Calibration, expected_error
from samspill.callbacks.reach.clock import DAY, HOUR, moment, moments
from samspill.callbacks.reach.facts import Almanac, Attempt, Person, Request, Trace
from samspill.callbacks.reach.knowing import Knowledge

from .town import MONDAY, early, learned


@pytest.fixture(scope="module")
def know() -> Knowledge:
    return learned()


def chances(know: Knowledge, person: int, hours: list[int], created: int = MONDAY - DAY) -> np.ndarray:
    times = np.array([MONDAY + h * HOUR for h in hours])
    zone = know.people[person].person.zone
    told = know.forecast(Request(9_000_000, person, created, "web"), moments(times, zone), times)
    return 1 / (1 + np.exp(-told.odds))


def test_people_are_told_apart_by_their_own_calls(know: Knowledge) -> None:
    for person in range(8):
        morning, afternoon = chances(know, person, [10, 15])
        assert (morning > afternoon) == early(person)


def test_strangers_of_a_known_segment_start_like_their_segment(know: Knowledge) -> None:
    know.meet(Person(901, "UTC", "NO", "", ("baker", None)))
    know.meet(Person(902, "UTC", "NO", "", ("bar", None)))
    assert chances(know, 901, [10])[0] > chances(know, 902, [10])[0]
    assert chances(know, 901, [15])[0] < chances(know, 902, [15])[0]


def test_a_stranger_is_known_by_traces_alone() -> None:
    know = learned()
    for person, hour in ((903, 10), (904, 15)):
        know.meet(Person(person, "UTC", "NO", "", (None, None)))
        for day in range(1, 12):
            know.notice(Trace(MONDAY - day * DAY + hour * HOUR, person, "visit"))
    assert chances(know, 903, [10])[0] > chances(know, 904, [10])[0] + 0.1
    assert chances(know, 903, [15])[0] < chances(know, 904, [15])[0] - 0.1


def test_what_is_kept_says_the_same_and_is_small(know: Knowledge) -> None:
    chances(know, 2, [10])
    kept = pickle.dumps(know)
    assert chances(pickle.loads(kept), 2, [10, 15]) == pytest.approx(  # noqa: S301
        chances(know, 2, [10, 15]), abs=0.02
    )
    assert len(pickle.dumps(know.people[2])) < 4000


def test_a_day_on_which_nobody_answers_is_learned() -> None:
    know = Knowledge()
    rng = np.random.default_rng(2)
    for person in range(150):
        know.meet(Person(person, "UTC"))
        for _ in range(8):
            day = int(rng.integers(1, 50))
            at = MONDAY - day * DAY + int(rng.integers(9, 17)) * HOUR
            answered = day % 7 not in (1, 2) and rng.random() < 0.4
            know.hear(Attempt(at, 1, person, 1, "answered" if answered else "no_answer"), None)
    know.refit(MONDAY)
    friday, saturday = know.types.usual[[4 * 48 + 26, 5 * 48 + 26]]
    assert friday > saturday + 1.0


def test_day_one_knows_something_without_any_history() -> None:
    know = Knowledge()
    know.meet(Person(1, "Europe/Oslo"))
    found = chances(know, 1, [9, 12, 16])
    assert np.all((found > 0.15) & (found < 0.5))


def test_a_failure_lowers_the_hours_around_it_most() -> None:
    know = learned()
    before = chances(know, 2, [10, 11, 16])
    at = MONDAY + 10 * HOUR
    know.hear(Attempt(at, 1, 2, 1, "no_answer"), None)
    after = chances(know, 2, [10, 11, 16])
    fall = np.log(before / (1 - before)) - np.log(after / (1 - after))
    assert fall[0] > 0
    assert fall[0] > fall[2]


def test_public_holidays_count_from_the_first_day() -> None:
    know = Knowledge(Almanac(public={"NO": frozenset({MONDAY // DAY})}))
    know.meet(Person(1, "UTC", "NO"))
    today, tomorrow = chances(know, 1, [10, 34])
    assert today < tomorrow / 2


def test_the_wanted_time_counts(know: Knowledge) -> None:
    times = np.array([MONDAY + 10 * HOUR])
    at = moments(times, "UTC")
    plain = know.forecast(Request(1, 3, MONDAY - DAY, "web"), at, times).odds[0]
    wanted = know.forecast(Request(1, 3, MONDAY - DAY, "web", (9.0, 12.0)), at, times).odds[0]
    assert wanted > plain


def test_local_time_follows_the_zone_and_daylight_saving() -> None:
    winter, summer = 1_772_409_600, 1_780_272_000  # 2 March and 1 June 2026, midnight UTC
    assert moment(winter, "Europe/Oslo")[:2] == (4, 0)
    assert moment(summer, "Europe/Oslo")[:2] == (8, 0)
    assert moment(winter, "America/New_York")[:2] == (76, 6)
    many = moments(np.array([winter, summer]), "Europe/Oslo")
    assert list(many.quarter) == [4, 8]
    assert moment(winter, "No/Where")[0] == 0


def test_calibration_pulls_boasting_forecasts_down() -> None:
    rng = np.random.default_rng(3)
    told = Calibration()
    odds = rng.normal(0, 1, 3000)
    answered = rng.random(3000) < 1 / (1 + np.exp(-(odds - 1)))
    for o, a in zip(odds, answered, strict=True):
        told.hear(float(o), bool(a))
    told.fit()
    before = expected_error(1 / (1 + np.exp(-odds)), answered)
    after = expected_error(1 / (1 + np.exp(-told.tell(odds))), answered)
    assert before > 0.1
    assert after < 0.03
