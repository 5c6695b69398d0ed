from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.callbacks.reach.clock import DAY, HOUR
from samspill.callbacks.reach.facts import Attempt, Person, Request, Seat
from samspill.callbacks.reach.knowing import Knowledge
from samspill.callbacks.reach.planning import FAR
from samspill.callbacks.reach.rules import Hours, Rules
from samspill.callbacks.reach.shift import Shift

from .town import MONDAY, answers, early, learned, openings


def at_work(shift: Shift, seats: int = 3, days: int = 7, seed: int = 5) -> dict[int, list[int]]:
    """Let the shift run; when each request was called."""
    rng = np.random.default_rng(seed)
    times, calls = openings(days=days), {}
    for i, now in enumerate(times):
        shift.think(int(now))
        for d in shift.next_calls(int(now), times[i : i + FAR], [Seat()] * seats):
            calls.setdefault(d.request, []).append(int(now))
            request = shift.open[d.request].request
            number = len(shift.open[d.request].called) + 1
            outcome = "answered" if answers(request.person, int(now), rng) else "no_answer"
            shift.hear(Attempt(int(now), request.id, request.person, number, outcome))
    return calls


def staffed(know: Knowledge | None, people: int = 10, **options) -> Shift:
    shift = Shift(know, control=0.0, **options)
    for i in range(people):
        shift.meet(Person(i, "UTC", "NO", "", ("baker" if early(i) else "bar", None)))
        shift.ask(Request(i, i, MONDAY + 8 * HOUR, "web"))
    return shift


def test_people_are_first_called_when_they_answer() -> None:
    calls = at_work(staffed(learned(), 20))
    firsts = [(times[0] % DAY < 13 * HOUR) == early(person) for person, times in calls.items()]
    assert len(firsts) == 20
    assert sum(firsts) >= 16


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 3), st.integers(1, 4), st.sampled_from([True, False]), st.integers(0, 99))
def test_nobody_is_forgotten_and_every_rule_is_kept(seats: int, per_day: int, model: bool, seed: int) -> None:
    rules = Rules(per_day=per_day, countries={"NO": Hours(week=((10.0, 16.0),) * 7)})
    shift = staffed(Knowledge() if model else None, rules=rules)
    calls = at_work(shift, seats, 8, seed)
    assert set(calls) == set(range(10))
    assert not shift.open
    for times in calls.values():
        assert len(times) <= rules.attempts
        assert all(b - a >= rules.rest for a, b in pairwise(times))
        assert all(10 * HOUR <= t % DAY < 16 * HOUR for t in times)
        assert all(sum(t <= u < t + DAY for u in times) <= per_day for t in times)


def test_without_a_model_the_oldest_come_first() -> None:
    shift = Shift(None, control=0.0)
    for i in range(3):
        shift.meet(Person(i, "UTC"))
        shift.ask(Request(i, i, MONDAY - i * HOUR))
    times = openings()
    found = shift.next_calls(int(times[0]), times, [Seat()] * 2)
    assert [(d.request, d.mode) for d in found] == [(2, "first_come"), (1, "first_come")]
    assert shift.notes == [(int(times[0]), "model missing")]


def test_a_model_that_fails_gives_way_in_the_same_minute(monkeypatch) -> None:
    shift = staffed(learned())
    times = openings()

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(shift.knowledge, "forecast", broken)
    found = shift.next_calls(int(times[0]), times[:FAR], [Seat()] * 4)
    assert [d.mode for d in found] == ["first_come"] * 4
    assert shift.notes[-1][1] == "model failing"
    monkeypatch.undo()
    later = int(times[8])
    shift.next_calls(later, times[8 : 8 + FAR], [])
    assert shift.notes[-1][1] == "model back"


def test_an_old_model_and_a_slow_one_are_not_trusted() -> None:
    shift = staffed(learned())
    now = MONDAY + 30 * DAY
    assert shift.guard.doubt(shift.knowledge, now) == "old"
    shift.guard.took(9.0, MONDAY)
    assert shift.guard.doubt(shift.knowledge, MONDAY + 60) == "slow"


def test_a_model_worse_than_guessing_is_unsure() -> None:
    know = learned()
    for i in range(600):
        know.calibration.hear(3.0, i % 5 == 0)
    shift = staffed(know)
    assert shift.guard.doubt(know, MONDAY) == "unsure"
    for i in range(600):
        shift.hear(
            Attempt(MONDAY + 9 * HOUR + i, i % 10, i % 10, 1, "answered" if i % 5 == 0 else "no_answer")
        )
        shift.ask(Request(i % 10, i % 10, MONDAY + 9 * HOUR + i, "web"))
    assert shift.guard.doubt(know, MONDAY) == ""


def test_the_control_group_is_drawn_by_lot_and_marked() -> None:
    shift = Shift(Knowledge(), control=0.1)
    modes = [shift.ask(Request(i, i, MONDAY)).mode for i in range(2000)]
    assert 0.07 < modes.count("control") / 2000 < 0.13
    assert {w.share for w in shift.open.values() if w.mode == "control"} == {0.1}
    assert shift.ask(Request(5000, 1, MONDAY, classic=True)).mode == "first_come"


def test_a_promise_is_kept_even_when_waiting_looks_better() -> None:
    shift = Shift(learned(), control=0.0)
    shift.meet(Person(1, "UTC", "NO", "", ("bar", None)))
    shift.ask(Request(1, 1, MONDAY + 8 * HOUR, "web", promised=MONDAY + 10 * HOUR))
    times = openings()
    called = [
        int(t) for i, t in enumerate(times[:16]) if shift.next_calls(int(t), times[i : i + FAR], [Seat()])
    ]
    assert called
    assert called[0] <= MONDAY + 10 * HOUR


def test_a_call_goes_to_a_seat_that_fits() -> None:
    shift = Shift(None, control=0.0)
    shift.meet(Person(1, "UTC"))
    shift.ask(Request(1, 1, MONDAY, team="repairs", language="nb"))
    times = openings()
    wrong = Seat(7, frozenset({"sales"}), frozenset({"nb"}))
    assert shift.next_calls(int(times[0]), times, [wrong]) == []
    right = Seat(8, frozenset({"repairs"}), frozenset({"nb", "de"}))
    assert [d.seat.agent for d in shift.next_calls(int(times[0]), times, [wrong, right])] == [8]
