"""Many people at once, and a planner killed in the middle: nobody is called twice, nobody is forgotten."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.models import Callback, Decision
from samspill.callbacks.planner import Planner
from samspill.callbacks.work import take_next
from samspill.kit import clock
from samspill.workspace.models import Agent
from tests.at_once import at_once, times
from tests.world import World

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AGENTS, WAITING = 20, 12
PLAN_AND_HANG = """
import django, sys, time
django.setup()
from samspill.callbacks import planner
written = planner.write
def write(*given):
    written(*given)
    print("written", flush=True)
    time.sleep(60)
planner.write = write
planner.Planner().run()
"""


def _waiting(world: World, number: int) -> list[Callback]:
    found = []
    for i in range(number):
        who = world.stranger(f"Kunde {i}").contact
        found.append(ask(who, Wish(f"912 34 5{i:02d}", "chat"), by="x", wording="callback-2026-11"))
    Callback.objects.update(promised_from=clock.now(), next_at=clock.now(), not_before=None, fixed_at=None)
    return found


def _agents() -> list[Agent]:
    made = [Agent(name=f"Agent {i}", email=f"a{i}@nordlys.example", role="agent") for i in range(AGENTS)]
    return list(Agent.objects.bulk_create(made))


def test_nobody_is_given_to_two(busy_world: World) -> None:
    _waiting(busy_world, WAITING)
    Callback.objects.update(planned_at=clock.now(), place=0)
    given = at_once(*[lambda agent=agent: take_next(agent) for agent in _agents()])
    assert [one for one in given if isinstance(one, Exception)] == []
    taken = [one.pk for one in given if one is not None]
    assert len(taken) == len(set(taken)) == WAITING
    assert Decision.objects.count() == WAITING
    assert Callback.objects.filter(taken_by=None).count() == 0


def test_asked_twice_in_one_moment_is_one_callback(busy_world: World) -> None:
    who = busy_world.ingrid.contact
    wish = Wish("912 34 567", "chat", topic="Solceller")
    asked = times(6, lambda: ask(who, wish, by=who.actor, wording="callback-2026-11"))
    assert {getattr(one, "pk", repr(one)) for one in asked} == {Callback.objects.get().pk}


def test_a_planner_killed_in_the_middle_forgets_nobody(busy_world: World) -> None:
    waiting = _waiting(busy_world, 5)
    before = list(Callback.objects.order_by("pk").values_list("pk", "next_at", "planned_at"))
    url = urlsplit(os.environ["SAMSPILL_DATABASE_URL"])
    here = urlunsplit(url._replace(path=f"/{connection.settings_dict['NAME']}"))
    surroundings = {**os.environ, "SAMSPILL_DATABASE_URL": here}
    process = subprocess.Popen(
        [sys.executable, "-c", PLAN_AND_HANG], env=surroundings, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "written\n"
    assert Planner().run() == 0  # the other one is at it
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert list(Callback.objects.order_by("pk").values_list("pk", "next_at", "planned_at")) == before
    assert Callback.objects.filter(state="open", next_at=None).count() == 0
    deadline = clock.now() + timedelta(seconds=20)
    planned = 0
    while not planned and clock.now() < deadline:  # until the database notices that it is gone
        planned = Planner().run()
    assert planned == len(waiting)
    assert Callback.objects.filter(planned_at=None).count() == 0
