import pytest

from samspill.callbacks.reach.clock import DAY, HOUR
from samspill.callbacks.reach.facts import Attempt, Person, Request, Seat
from samspill.callbacks.reach.outlook import APART
from samspill.callbacks.reach.planning import FAR
from samspill.callbacks.reach.shift import Shift

from .town import MONDAY, learned, openings


def asking(shift: Shift, person: int = 3, **options) -> Shift:
    """A late person, who seldom answers before 13:00, asks in the morning."""
    shift.meet(Person(person, "UTC", "NO", "", ("bar", None)))
    shift.ask(Request(1, person, MONDAY + 8 * HOUR, "web", **options))
    return shift


def test_the_outlook_is_what_then_happens() -> None:
    shift, times = asking(Shift(learned(), control=0.0)), openings()
    told = shift.outlook(1, times[:FAR])
    assert told.planned.at % DAY >= 12 * HOUR
    assert told.planned.chance > 0.4
    called = [int(t) for i, t in enumerate(times) if shift.next_calls(int(t), times[i : i + FAR], [Seat()])]
    assert called[0] == told.planned.at


def test_alternatives_lie_apart_and_come_with_chances_and_reasons() -> None:
    told = asking(Shift(learned(), control=0.0)).outlook(1, openings()[:FAR], count=4)
    moments = [told.planned.at, *(o.at for o in told.others)]
    assert len(told.others) == 4
    assert moments[1:] == sorted(moments[1:])
    assert all(abs(a - b) >= APART for a in moments for b in moments if a != b)
    assert all(0 < o.chance < 1 for o in told.others)
    assert told.planned.reasons


def test_a_promise_and_a_call_just_made_move_the_planned_moment() -> None:
    times = openings()
    shift = asking(Shift(learned(), control=0.0), promised=MONDAY + 10 * HOUR)
    assert shift.outlook(1, times[:FAR]).planned.at <= MONDAY + 10 * HOUR
    shift.hear(Attempt(int(times[0]), 1, 3, 1, "no_answer"))
    after = shift.outlook(1, times[:FAR])
    assert after.planned.at >= times[0] + shift.rules.rest


def test_without_a_model_the_next_legal_moments_are_told_without_chances() -> None:
    told = asking(Shift(None, control=0.0)).outlook(1, openings(hours=(5, 17)))
    assert told.mode == "first_come"
    assert told.planned.at == MONDAY + 7 * HOUR
    assert [o.chance for o in (told.planned, *told.others)] == [None] * 4
    with pytest.raises(KeyError):
        asking(Shift(None)).outlook(2, openings())
