"""The sample company's callbacks: believable, the same each time, learned from at once, and gone when cleared."""

import itertools
import time
from datetime import timedelta
from typing import Any

import pytest

from samspill.callbacks.models import Attempt, Callback, Caller, Decision, ReachModel
from samspill.callbacks.planner import Planner
from samspill.kit import clock
from samspill.sample import callbacks, company, people
from samspill.sample.clear import clear
from tests.kept import Kept

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Kept[int]:
    with django_db_blocker.unblock():
        return Kept(_load)


def _load() -> int:
    company.load()
    people.load()
    return callbacks.load()


@pytest.fixture
def there(loaded: Kept[int]) -> int:
    return loaded.again()


def test_there_are_past_ones_and_open_ones(there: int) -> None:
    assert callbacks.load() == there == Callback.objects.count()
    past, waiting = Callback.objects.exclude(state="open"), Callback.objects.filter(state="open")
    assert past.count() >= 130
    assert waiting.count() == 10
    assert {one.state for one in past} >= {"reached", "unreached"}
    assert past.filter(created_at__lt=clock.ago(weeks=9)).exists()
    assert waiting.filter(fixed_at__isnull=False).count() == 1
    assert waiting.exclude(taken_by=None).get().taken_by.name == "Mari Tangen"  # type: ignore[union-attr]
    assert {one.mode for one in waiting} == {"planned", "control", "first_come"}
    assert Caller.objects.count() == 3


def test_every_call_has_its_place_and_its_decision(there: int) -> None:
    for one in Callback.objects.prefetch_related("attempts"):
        calls = sorted(one.attempts.all(), key=lambda call: call.position)
        assert [call.position for call in calls] == list(range(1, one.attempts_made + 1))
        assert all(one.created_at <= call.began_at < clock.now() for call in calls)
        gaps = [b.began_at - a.began_at for a, b in itertools.pairwise(calls)]
        assert all(gap >= timedelta(hours=1, minutes=50) for gap in gaps)
        assert (one.state == "reached") == (bool(calls) and calls[-1].outcome == "answered")
    assert Decision.objects.count() == Attempt.objects.count()
    assert not Attempt.objects.filter(decision=None).exists()


def test_planning_reaches_more_at_the_first_call(there: int) -> None:
    def first(mode: str) -> float:
        calls = Attempt.objects.filter(position=1, callback__mode=mode, callback__ended_at__isnull=False)
        return calls.filter(outcome="answered").count() / calls.count()

    assert first("planned") > first("first_come") + 0.1


def test_the_planner_learns_from_them_in_a_moment(there: int) -> None:
    begun = time.process_time()
    assert Planner().run() == 10
    assert time.process_time() - begun < 8  # on a busy machine; a second or two on a quiet one
    assert ReachModel.objects.get().facts["calls"] == Attempt.objects.count()
    told = Callback.objects.filter(state="open", mode="planned", fixed_at=None)
    assert told.exclude(chance=None).count() == told.count()


def test_they_go_with_the_company(there: int) -> None:
    Planner().run()
    clear(lambda line: None)
    for kind in (Callback, Attempt, Decision, Caller, ReachModel):
        assert not kind.objects.exists()
