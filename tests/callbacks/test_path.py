"""One callback from the wish to the end."""

from datetime import timedelta

import pytest

from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.configure import configure
from samspill.callbacks.errors import BadNumber, Refused
from samspill.callbacks.models import Attempt, Callback, CallbackSettings, Decision
from samspill.callbacks.planner import Planner
from samspill.callbacks.work import call, finish, take, take_back, take_next
from samspill.contacts.models import Consent
from samspill.kit.models import Event
from samspill.workspace.hours import DAYS
from samspill.workspace.models import Workspace
from tests.callbacks.conftest import Watch
from tests.world import World

NUMBER = "912 34 567"


def _ask(world: World, number: str = NUMBER, **facts: object) -> Callback:
    wish = Wish(number, "chat", topic="Solceller", **facts)  # type: ignore[arg-type]
    return ask(world.ingrid.contact, wish, by=world.ingrid.contact.actor, wording="callback-2026-11")


def test_from_the_wish_to_the_talk(world: World, watch: Watch) -> None:
    asked = _ask(world)
    assert (asked.promised_from, asked.promised_by) == (watch.now, watch.now + timedelta(hours=4))
    assert Planner().run() == 1
    mine = take_next(world.kari)
    assert mine == asked
    attempt = call(mine, world.kari)
    assert call(mine, world.kari) == attempt
    ended = finish(attempt, "answered", by=world.kari.actor)
    assert ended.state == "reached"
    assert ended.next_at is None
    assert take_next(world.kari) is None
    kinds = Event.objects.filter(kind__startswith="callback.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [f"callback.{what}" for what in ("asked", "taken", "called", "ended", "finished")]
    assert Decision.objects.get().propensity == pytest.approx(asked.share)
    assert Consent.objects.filter(contact=asked.contact, purpose="callback", given=True).exists()


def test_a_failed_call_has_a_next_step_at_another_time(world: World, watch: Watch) -> None:
    asked, planner = _ask(world), Planner()
    planner.run()
    mine = take_next(world.kari)
    assert mine is not None
    finish(call(mine, world.kari), "no_answer", by=world.kari.actor)
    planner.run()
    asked.refresh_from_db()
    assert asked.is_open
    assert asked.next_at is not None
    assert asked.next_at >= watch.now + timedelta(hours=2)
    assert take_next(world.kari) is None


def test_asking_twice_is_one_callback(world: World, watch: Watch) -> None:
    assert _ask(world) == _ask(world, "+47 91234567")
    assert Callback.objects.count() == 1


@pytest.mark.parametrize(
    ("number", "code"),
    [("", "missing"), ("ring meg", "no_number"), ("12", "not_in_use"), ("+47 829 40 123", "costs")],
)
def test_bad_numbers_are_named(world: World, number: str, code: str) -> None:
    with pytest.raises(BadNumber) as found:
        _ask(world, number)
    assert found.value.code == code
    assert not Callback.objects.exists()


def test_two_agents_never_hold_the_same_person(world: World, watch: Watch) -> None:
    asked = _ask(world)
    Planner().run()
    take(asked, world.kari)
    with pytest.raises(Refused, match="taken"):
        take(asked, world.ola)
    assert take_next(world.ola) is None


def test_without_a_planner_the_oldest_is_called(world: World, watch: Watch) -> None:
    asked = _ask(world)
    taken = take_next(world.kari)
    assert taken == asked
    assert Decision.objects.get().doubt == "no_plan"


def test_a_slip_is_taken_back(world: World, watch: Watch) -> None:
    asked = _ask(world)
    attempt = call(take(asked, world.kari), world.kari)
    finish(attempt, "wrong_number", by=world.kari.actor)
    assert take_back(attempt, by=world.kari.actor).is_open
    finish(attempt, "answered", by=world.kari.actor)
    assert Attempt.objects.get().outcome == "answered"
    assert Callback.objects.get().state == "reached"


def test_with_the_model_off_it_still_works_and_says_so(world: World, watch: Watch) -> None:
    CallbackSettings.objects.create(pk=1, uses_model=False)
    asked = _ask(world)
    Planner().run()
    assert Event.objects.filter(kind="callbacks.model_doubted").count() == 1
    assert take_next(world.kari) == asked


def test_other_hours_or_rules_make_every_plan_anew(world: World, watch: Watch) -> None:
    """A planner that runs for weeks follows what the company changes, in the same minute."""
    watch.wait(days=5)  # Saturday
    made, planner = _ask(world), Planner()
    planner.run()
    made.refresh_from_db()
    assert made.next_at is not None
    assert made.next_at.weekday() == 0
    Workspace.objects.update(hours={day: [["08:00", "18:00"]] for day in DAYS})
    week = [[8, 20]] * 7
    configure(by=world.astrid, legal={"NO": {"week": week, "holidays": True}})
    planner.run()
    made.refresh_from_db()
    assert made.next_at == watch.now
    assert made.place == 0
