"""Whatever is wrong with the model or the planner: people are called, at once, in order of arrival, and it is told."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspill.callbacks import jobs, learned
from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.models import Attempt, Callback, Decision, ReachModel
from samspill.callbacks.planner import Planner
from samspill.callbacks.reach.knowing import Knowledge
from samspill.callbacks.trust import doubt
from samspill.callbacks.work import call, finish, take, take_next
from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import address_hash
from samspill.kit import crypto
from samspill.kit.models import Event
from tests.callbacks.conftest import Watch
from tests.world import World

SPOILT = {
    "changed": lambda row: {"sealed": bytes(row.sealed)[:-20] + b"x" * 20},
    "another key": lambda row: {"sealed": b"gAAAAABm" + bytes(row.sealed)[8:]},
    "forged": lambda row: {"sealed": b"\x80\x04\x95cos\nsystem\n."},
    "sealed, but no model": lambda row: {"sealed": crypto.seal_bytes(b"nothing")},
    "another form": lambda row: {"form": learned.FORM + 1},
}


def _asked(world: World) -> Callback:
    who = world.ingrid.contact
    return ask(who, Wish("912 34 567", "chat"), by=who.actor, wording="callback-2026-11")


def _told() -> list[str]:
    kinds = ("callbacks.model_doubted", "callbacks.model_trusted")
    return [
        e.kind.removeprefix("callbacks.model_") for e in Event.objects.filter(kind__in=kinds).order_by("pk")
    ]


@pytest.mark.parametrize("what", SPOILT)
def test_what_cannot_be_read_is_not_used_and_learned_anew(world: World, watch: Watch, what: str) -> None:
    asked = _asked(world)
    Planner().run()
    row = ReachModel.objects.get()
    ReachModel.objects.filter(pk=row.pk).update(**SPOILT[what](row))
    planner = Planner()
    assert planner.run() == 1
    assert doubt() == "missing"
    assert take_next(world.kari) == asked
    assert Decision.objects.get().chance is None
    watch.wait(minutes=1)
    planner.run()
    assert doubt() == ""
    assert _told() == ["doubted", "trusted"]
    assert ReachModel.objects.get().form == learned.FORM


def test_a_planner_that_fails_leaves_the_order_of_arrival(
    world: World, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _asked(world)
    monkeypatch.setattr(jobs, "_planner", Planner())
    jobs._plan()
    with monkeypatch.context() as broken:
        broken.setattr(Planner, "_tell", _fail)
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                jobs._plan()
    assert doubt() == "failing"
    assert take_next(world.kari) == asked
    assert Decision.objects.get().doubt == "no_plan"
    jobs._plan()
    assert _told() == ["doubted", "trusted"]


def test_a_model_that_fails_is_left_alone_for_a_while(
    world: World, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, planner = _asked(world), Planner()
    with monkeypatch.context() as broken:
        broken.setattr(Knowledge, "forecast", _fail)
        planner.run()
    assert doubt() == "failing"
    assert take_next(world.kari) == asked
    watch.wait(minutes=61)
    planner.run()
    assert doubt() == ""


def test_a_slow_model_is_left_alone_for_a_while(world: World, watch: Watch) -> None:
    asked, planner = _asked(world), Planner()
    planner.run()
    assert planner.shift is not None
    planner.shift.guard.seconds = -1.0
    planner.run()
    assert take_next(world.kari) == asked
    watch.wait(minutes=1)
    planner.run()
    assert doubt() == "slow"


def test_a_plan_is_not_written_over_what_happened_meanwhile(
    world: World, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, planner = _asked(world), Planner()
    tell = Planner._tell

    def called_meanwhile(self: Planner, *given: object) -> None:
        tell(self, *given)  # type: ignore[arg-type]
        finish(call(take(asked, world.kari), world.kari), "no_answer", by=world.kari.actor)

    monkeypatch.setattr(Planner, "_tell", called_meanwhile)
    planner.run()
    asked.refresh_from_db()
    assert asked.place is None
    assert asked.next_at is not None
    assert asked.next_at >= watch.now + timedelta(hours=2)


def _many(world: World, watch: Watch, number: int) -> None:
    """Open callbacks of as many people, a tenth of them called in vain."""
    contacts = Contact.objects.bulk_create(Contact(name=f"No {i}", language="nb") for i in range(number))
    told = [f"+4791{i:06d}" for i in range(number)]
    phones = Identity.objects.bulk_create(
        Identity(contact=c, kind="phone", value_hash=address_hash("phone", n), sealed=crypto.seal(n))
        for c, n in zip(contacts, told, strict=True)
    )
    rows = Callback.objects.bulk_create(
        Callback(
            contact=p.contact, identity=p, source="chat", language="nb", asked_by="x", next_at=watch.now,
            created_at=watch.now - timedelta(hours=i % 30), promised_from=watch.now,
            promised_by=watch.now + timedelta(hours=4), attempts_made=int(i % 10 == 0),
        )
        for i, p in enumerate(phones)
    )  # fmt: skip
    began = watch.now - timedelta(hours=3)
    Attempt.objects.bulk_create(
        Attempt(callback=one, position=1, began_at=began, ended_at=began, outcome="no_answer")
        for one in rows if one.attempts_made
    )  # fmt: skip


@pytest.mark.slow
def test_a_thousand_open_callbacks_are_planned_at_once(world: World, watch: Watch) -> None:
    _many(world, watch, 1000)
    planner = Planner()
    assert planner.run() == 1000
    watch.wait(minutes=1)
    begun = time.process_time()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        planner.run()
    took = time.process_time() - begun
    print(f"1,000 replanned in {took:.2f} s of work, {len(asked)} queries")
    assert took < 1.5  # measured 0.4 on a quiet machine
    assert len(asked) < 30
    with CaptureQueriesContext(connection) as asked:
        assert take_next(world.kari) is not None
    assert len(asked) < 15
    Callback.objects.filter(state="open").update(planned_at=None)
    with CaptureQueriesContext(connection) as asked:
        assert take_next(world.ola) is not None
    assert len(asked) < 25


def _fail(*given: object, **named: object) -> None:
    raise ZeroDivisionError
