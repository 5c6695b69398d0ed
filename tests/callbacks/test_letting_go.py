"""Nobody is held by somebody who is not there, and two hands never hold one person."""

from datetime import timedelta

import pytest

from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.errors import Refused
from samspill.callbacks.letting_go import CALL_LASTS, abandoned, drop_call
from samspill.callbacks.models import Attempt, Callback
from samspill.callbacks.upkeep import expire
from samspill.callbacks.work import call, finish, holding, take, take_back, take_next
from samspill.kit.models import Event
from tests.at_once import at_once
from tests.callbacks.conftest import Watch
from tests.world import World


def _ask(world: World, name: str, number: str) -> Callback:
    contact = getattr(world, name).contact
    return ask(contact, Wish(number, "chat"), by=contact.actor, wording="callback-2026-11")


def test_a_call_without_an_end_is_let_go(world: World, watch: Watch) -> None:
    asked = _ask(world, "ingrid", "912 34 567")
    call(asked, world.kari)
    assert abandoned() == 0
    watch.wait(seconds=CALL_LASTS.total_seconds() + 1)
    assert abandoned() == 1
    asked.refresh_from_db()
    assert (asked.taken_by, asked.attempts_made, Attempt.objects.count()) == (None, 0, 0)
    assert asked.next_at is not None
    assert asked.next_at >= watch.now + timedelta(hours=2)
    assert Event.objects.filter(kind="callback.call_dropped", actor="system").exists()


def test_only_a_call_without_an_outcome_can_be_dropped(world: World, watch: Watch) -> None:
    attempt = call(_ask(world, "ingrid", "912 34 567"), world.kari)
    finish(attempt, "busy", by=world.kari.actor)
    with pytest.raises(Refused, match="ended"):
        drop_call(attempt, by=world.kari.actor)
    assert Attempt.objects.get().outcome == "busy"


def test_a_slip_is_not_taken_back_in_the_middle_of_another_call(world: World, watch: Watch) -> None:
    first, second = _ask(world, "ingrid", "912 34 567"), _ask(world, "lukas", "+49 30 901820")
    slip = call(first, world.kari)
    finish(slip, "answered", by=world.kari.actor)
    call(second, world.kari)
    with pytest.raises(Refused, match="calling"):
        take_back(slip, by=world.kari.actor)
    assert holding(world.kari) == second


def test_a_forgotten_number_ends_the_callback(world: World, watch: Watch) -> None:
    asked = _ask(world, "ingrid", "912 34 567")
    Callback.objects.update(identity=None)
    with pytest.raises(Refused, match="forgotten"):
        take(asked, world.kari)
    assert expire() == 1
    asked.refresh_from_db()
    assert asked.state == "expired"


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_is_one_person(busy_world: World, watch: Watch) -> None:
    for name, number in (("ingrid", "912 34 567"), ("lukas", "+49 30 901820"), ("yijun", "+886 2 2720 8889")):
        _ask(busy_world, name, number)
    agents = [busy_world.kari, busy_world.ola] * 3
    found = at_once(*[lambda agent=agent: take_next(agent) for agent in agents])
    assert len({one.pk for one in found if one}) == 2
    assert Callback.objects.exclude(taken_by=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_want_each_others_do_not_wait_for_ever(busy_world: World, watch: Watch) -> None:
    first, second = _ask(busy_world, "ingrid", "912 34 567"), _ask(busy_world, "lukas", "+49 30 901820")
    take(first, busy_world.kari)
    take(second, busy_world.ola)

    def swap(wanted: Callback, agent: object) -> str:
        try:
            take(wanted, agent)  # type: ignore[arg-type]
        except Refused as refused:
            return refused.code
        return "taken over"

    told = at_once(lambda: swap(second, busy_world.kari), lambda: swap(first, busy_world.ola))
    assert set(told) <= {"taken", "taken over"}
    held = [holding(agent) for agent in (busy_world.kari, busy_world.ola)]
    assert len({one.pk for one in held if one}) == len([one for one in held if one])
