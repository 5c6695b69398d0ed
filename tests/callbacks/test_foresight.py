"""What the dial would bring: worked out piece by piece, from one's own past, and said honestly."""

import numpy as np
import pytest
from django.test import Client

from samspill.callbacks import foresight
from samspill.callbacks.foresight import next_point, work_out
from samspill.callbacks.models import Callback, Foresight
from samspill.callbacks.planner import Planner
from samspill.callbacks.reach.clock import DAY, HOUR, QUARTER
from samspill.callbacks.reach.dial import setting
from samspill.callbacks.reach.facts import Almanac, Attempt, Person, Request
from samspill.callbacks.reach.foreseeing import Past, as_it_was, foresee
from samspill.callbacks.reach.knowing import Knowledge
from samspill.callbacks.reach.planning import Patience
from samspill.callbacks.reach.rules import Rules
from samspill.console.settings.tradeoff import tradeoff
from samspill.kit.models import Event
from samspill.sample import callbacks, company, people
from samspill.workspace.models import Agent
from tests.world import World

START = 1_790_000_000 // DAY * DAY


def _known(answers_at: int) -> tuple[Knowledge, list[Request]]:
    """People who answer within two hours from this one on, called every second day at all hours."""
    know, asked = Knowledge(Almanac()), []
    for person in range(30):
        know.meet(Person(person, "UTC"))
        for day in range(0, 40, 2):
            at = START + day * DAY + (8 + (person + day) % 9) * HOUR
            hour = at % DAY // HOUR
            said = "answered" if answers_at <= hour < answers_at + 2 else "no_answer"
            know.hear(Attempt(at, person * 100 + day, person, 1, said), None)
        asked.append(Request(person, person, START + 40 * DAY + 9 * HOUR + person * 60, "chat"))
    know.refit(START + 40 * DAY)
    return know, asked


def _past(asked: list[Request], seats: float = 5.0) -> Past:
    days = range(40, 50)
    steps = [START + d * DAY + 8 * HOUR + q * QUARTER for d in days for q in range(36)]
    return Past(asked, np.array(steps, dtype=np.int64), np.full(len(steps), seats))


def test_thorough_waits_for_the_good_hours_and_fast_does_not() -> None:
    know, asked = _known(answers_at=14)
    fast, slow = (foresee(know, Patience(), Rules(), setting(at), _past(asked), 4) for at in (0.0, 1.0))
    assert slow["first"].value > fast["first"].value
    assert slow["hours_mean"].value > fast["hours_mean"].value
    assert 0 < fast["first"].low <= fast["first"].value <= fast["first"].high <= 1
    assert fast["reached"].value >= fast["first"].value


def test_the_model_itself_is_left_as_it_was() -> None:
    know, asked = _known(answers_at=10)
    before = len(know.calibration.told), len(know.families.rows), [len(m.at) for m in know.people.values()]
    foresee(know, Patience(), Rules(), setting(0.5), _past(asked), 1)
    assert before == (
        len(know.calibration.told),
        len(know.families.rows),
        [len(m.at) for m in know.people.values()],
    )


def test_nobody_is_met_as_they_became_known_later() -> None:
    know, asked = _known(answers_at=10)
    know.hear(Attempt(asked[3].created + HOUR, 3, 3, 1, "answered"), None)
    was = as_it_was(know.people[3], asked[3], 0)
    assert len(was.at) == len(know.people[3].at) - 1
    assert max(was.at) < asked[3].created


def test_few_seats_make_it_later() -> None:
    know, asked = _known(answers_at=14)
    many, few = (foresee(know, Patience(), Rules(), setting(0.0), _past(asked, n), 2) for n in (8.0, 0.3))
    assert few["hours_mean"].value > many["hours_mean"].value


def test_thinning_keeps_time_and_proportion() -> None:
    _, asked = _known(answers_at=14)
    thin = _past(asked, 6.0).thinned(10)
    assert len(thin.requests) == 10
    assert thin.seats[0] == 2.0
    assert list(thin.requests) == sorted(thin.requests, key=lambda r: r.created)


@pytest.fixture
def sample(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    company.load()
    people.load()
    callbacks.load()
    Planner().run()
    monkeypatch.setattr(foresight, "DRAWS", 1)


@pytest.mark.slow
def test_the_curve_is_worked_out_piece_by_piece_and_shown(sample: None, client: Client) -> None:
    client.force_login(Agent.objects.get(name="Ingrid Solheim"))
    assert tradeoff().state == "none"
    row = work_out(by="system")
    assert row is not None
    assert work_out(by="system") == row
    assert tradeoff().state == "working"
    pieces = 1
    while next_point(row.pk):
        pieces += 1
    assert pieces == 5
    assert not next_point(row.pk)
    shown = tradeoff()
    assert shown.state == "ready"
    assert [one.present for one in shown.points] == [False, False, True, False, False]
    assert shown.promise
    assert Event.objects.filter(kind="callbacks.foreseen").count() == 1
    page = client.get("/desk/settings/callbacks/foresight/").content.decode()
    assert page.count("<circle") == 10
    assert "style=" not in page.split('id="tradeoff"')[1].split("</section>")[0]


def test_too_little_history_is_said(world: World, client: Client) -> None:
    client.force_login(world.astrid)
    assert work_out(by="system") is None
    assert not Foresight.objects.exists()
    assert not Callback.objects.exists()
    page = client.get("/desk/settings/callbacks/foresight/").content.decode()
    assert "0 of the 60" in page
    assert "Nothing has been old enough" in page


def test_only_admins_see_it(world: World, client: Client) -> None:
    client.force_login(world.kari)
    assert client.get("/desk/settings/callbacks/foresight/").status_code == 403
