"""A small town for tests: early people answer before noon, late people after; nobody else knows."""

import numpy as np

from samspill.callbacks.reach.clock import DAY, HOUR
from samspill.callbacks.reach.facts import Attempt, Person, Request, Trace
from samspill.callbacks.reach.knowing import Knowledge
from samspill.callbacks.reach.profiles import Shape

MONDAY = 1_772_409_600  # 2 March 2026, 00:00 UTC
ZONE = "UTC"


def openings(start: int = MONDAY, days: int = 5, hours: tuple[int, int] = (9, 17)) -> np.ndarray:
    """Quarter hours of opening time."""
    found = [start + d * DAY + q * 900 for d in range(days) for q in range(hours[0] * 4, hours[1] * 4)]
    return np.array(found, dtype=np.int64)


def early(person: int) -> bool:
    return person % 2 == 0


def answers(person: int, at: int, rng: np.random.Generator) -> bool:
    morning = (at % DAY) < 13 * HOUR
    return bool(rng.random() < (0.7 if morning == early(person) else 0.05))


def past(
    people: int = 40, calls: int = 12, seed: int = 1, weeks: int = 6
) -> tuple[list[Person], list, list, list]:
    """Persons, requests, traces and attempts of the weeks before MONDAY."""
    rng = np.random.default_rng(seed)
    persons = [Person(i, ZONE, "NO", "", ("baker" if early(i) else "bar", None)) for i in range(people)]
    requests, attempts = [], []
    for person in range(people):
        for n in range(calls):
            day = int(rng.integers(weeks * 7))
            at = MONDAY - (1 + day) * DAY + int(rng.integers(9, 17)) * HOUR
            request = Request(person * 1000 + n, person, at - HOUR, "web")
            outcome = "answered" if answers(person, at, rng) else "no_answer"
            requests.append(request)
            attempts.append(Attempt(at, request.id, person, 1, outcome))
    traces = [Trace(a.at + 60, a.person, "visit") for a in attempts[::5]]
    return persons, requests, traces, attempts


def learned(**options: int) -> Knowledge:
    """Knowledge of the town's past."""
    know = Knowledge(shape=Shape(types=4))
    persons, requests, traces, attempts = past(**options)
    for person in persons:
        know.meet(person)
    asked = {r.id: r for r in requests}
    for fact in sorted([*traces, *attempts], key=lambda f: f.at):
        if isinstance(fact, Trace):
            know.notice(fact)
        else:
            know.hear(fact, know.row(asked[fact.request], fact.at))
    know.refit(MONDAY, 15)
    know.weigh()
    return know
