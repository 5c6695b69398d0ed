import numpy as np

from samspill.callbacks.reach.clock import DAY, HOUR
from samspill.callbacks.reach.explaining import heat_map, reasons
from samspill.callbacks.reach.facts import Attempt, Person, Request
from samspill.callbacks.reach.planning import FAR
from samspill.callbacks.reach.shift import Shift

from .town import MONDAY, learned, openings


def plan_of(shift: Shift, request: Request):
    times = openings()
    shift.ask(request)
    shift.board.replan([shift.open[request.id]], times[:FAR])
    return shift.open[request.id].plan


def test_a_habit_is_told_by_counts_that_point_the_same_way() -> None:
    know = learned()
    know.meet(Person(500, "UTC", "NO", "", (None, None)))
    for week in range(1, 8):
        for day, hour, outcome in ((1, 15, "answered"), (2, 10, "no_answer"), (3, 10, "no_answer")):
            at = MONDAY - week * 7 * DAY + day * DAY + hour * HOUR
            know.hear(Attempt(at, 1, 500, 1, outcome), None)
    shift = Shift(know, control=0.0)
    plan = plan_of(shift, Request(77, 500, MONDAY + 8 * HOUR, "web"))
    found = reasons(know, 500, plan, MONDAY + DAY + 15 * HOUR)
    habit = next(r for r in found if r.code == "habit_weekday")
    assert habit.effect > 0
    assert habit.numbers["answered"] == habit.numbers["tried"] == 7
    assert habit.numbers["weekday"] == 1
    assert habit.numbers["from"] <= 15 * 60 < habit.numbers["until"]


def test_reasons_add_up_to_what_the_model_says() -> None:
    know = learned()
    shift = Shift(know, control=0.0)
    plan = plan_of(shift, Request(78, 3, MONDAY + 8 * HOUR, "web", wanted=(14.0, 16.0)))
    at = int(plan.times[np.argmax(plan.odds)])
    found = reasons(know, 3, plan, at)
    assert [abs(r.effect) for r in found] == sorted((abs(r.effect) for r in found), reverse=True)
    assert sum(r.effect for r in found) > 0
    assert "wanted_time" in {r.code for r in reasons(know, 3, plan, MONDAY + 15 * HOUR)}


def test_the_heat_map_shows_when_early_and_late_people_answer() -> None:
    know = learned()
    early, late = heat_map(know, 2), heat_map(know, 3)
    assert early.shape == (7, 48)
    assert early[1, 19:25].mean() > late[1, 19:25].mean() + 0.15
    assert late[1, 27:33].mean() > early[1, 27:33].mean() + 0.15
