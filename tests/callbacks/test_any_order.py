"""Whatever verbs come in whatever order: an open callback has a next step, and calls are counted."""

import contextlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from samspill.callbacks import change, work
from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.errors import Refused
from samspill.callbacks.letting_go import abandoned, drop_call
from samspill.callbacks.models import Attempt, Callback
from samspill.callbacks.upkeep import expire, release
from tests.callbacks.conftest import Watch
from tests.world import World

OUTCOMES = st.sampled_from(Attempt.Outcome.values)
WHO = st.integers(0, 1)


@pytest.mark.slow
def test_verbs_in_any_order(world: World, watch: Watch) -> None:
    began = watch.now

    class Verbs(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            watch.now = began
            self.all = transaction.atomic()
            self.all.__enter__()
            self.agents = [world.kari, world.ola]
            self.people = [world.ingrid.contact, world.lukas.contact]

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.all.__exit__(None, None, None)

        @rule(who=WHO, fixed=st.booleans())
        def ask(self, who: int, fixed: bool) -> None:
            at = watch.now + timedelta(hours=3) if fixed else None
            wish = Wish(f"912 34 56{who}", "chat", fixed=at)
            ask(self.people[who], wish, by="x", wording="callback-2026-11")

        @rule(minutes=st.sampled_from([1, 20, 130, 1500, 12000]))
        def wait(self, minutes: int) -> None:
            watch.wait(minutes=minutes)
            release()
            abandoned()
            expire()

        @rule(who=WHO)
        def take_next(self, who: int) -> None:
            work.take_next(self.agents[who])

        @rule(who=WHO)
        def take(self, who: int) -> None:
            self.on_one(lambda one: work.take(one, self.agents[who]))

        @rule(who=WHO)
        def call(self, who: int) -> None:
            self.on_one(lambda one: work.call(one, self.agents[who]))

        @rule(who=WHO)
        def put_back(self, who: int) -> None:
            self.on_one(lambda one: work.put_back(one, self.agents[who]))

        @rule(outcome=OUTCOMES)
        def finish(self, outcome: str) -> None:
            self.on_call(lambda one: work.finish(one, outcome, by="x"))

        @rule()
        def take_back(self) -> None:
            self.on_call(lambda one: work.take_back(one, by="x"))

        @rule()
        def drop_call(self) -> None:
            self.on_call(lambda one: drop_call(one, by="x"))

        @rule(hours=st.integers(-1, 30))
        def postpone(self, hours: int) -> None:
            until = watch.now + timedelta(hours=hours)
            self.on_one(lambda one: work.postpone(one, until, self.agents[0]))

        @rule()
        def move(self) -> None:
            span = watch.now + timedelta(hours=1), watch.now + timedelta(hours=5)
            self.on_one(lambda one: change.move(one, span, by="x"))

        @rule()
        def cancel(self) -> None:
            self.on_one(lambda one: change.cancel(one, by="x"))

        @rule(classic=st.booleans())
        def choose_classic(self, classic: bool) -> None:
            self.on_one(lambda one: change.choose_classic(one, classic=classic, by="x"))

        def on_one(self, verb: Any) -> None:
            self.tried(verb, Callback.objects.order_by("-pk").first())

        def on_call(self, verb: Any) -> None:
            self.tried(verb, Attempt.objects.order_by("-pk").first())

        def tried(self, verb: Any, row: Any) -> None:
            if row is not None:
                with contextlib.suppress(Refused):
                    verb(row)

        @invariant()
        def everybody_has_a_next_step_or_an_end(self) -> None:
            for one in Callback.objects.prefetch_related("attempts"):
                assert (one.state == "open") == (one.next_at is not None) == (one.ended_at is None)
                ringing = [call for call in one.attempts.all() if not call.outcome]
                assert len(ringing) <= 1
                assert not ringing or one.taken_by_id
                assert one.attempts_made == one.attempts.count()

    few = settings(
        max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Verbs, settings=few)
