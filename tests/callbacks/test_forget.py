"""What is older than the company keeps it goes; figures stay; words and numbers were never anywhere else."""

import logging
from datetime import timedelta

import pytest
from django.db import connection

from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.errors import BadNumber
from samspill.callbacks.forget import forget
from samspill.callbacks.models import Attempt, Callback, Decision, Forgetting, ReachModel, ReachWeek
from samspill.callbacks.planner import Planner
from samspill.callbacks.work import call, finish, take
from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import recognise
from samspill.conversations.redact import Piece, redact
from samspill.kit.models import Event
from tests.callbacks.conftest import Watch
from tests.world import World

NUMBER, TOPIC = "912 34 567", "Hemmelig sak om Fjellhytta"


def _called(world: World, watch: Watch, number: str = NUMBER, contact: Contact | None = None) -> Callback:
    who = contact or world.ingrid.contact
    asked = ask(who, Wish(number, "chat", topic=TOPIC), by=who.actor, wording="callback-2026-11")
    finish(call(take(asked, world.kari), world.kari), "answered", by=world.kari.actor)
    watch.wait(hours=1)
    return asked


def test_nothing_young_goes(world: World, watch: Watch) -> None:
    _called(world, watch)
    watch.wait(days=300)
    assert forget() is None
    assert Attempt.objects.exists()
    assert not Forgetting.objects.exists()


def test_calls_go_after_a_year_and_figures_stay(world: World, watch: Watch) -> None:
    old = _called(world, watch)
    Planner().run()
    watch.wait(days=368)
    young = _called(world, watch, "912 34 568", world.lukas.contact)
    report = forget()
    assert report is not None
    assert (report.calls, report.numbers) == (1, 0)
    old.refresh_from_db()
    assert (old.topic, old.reasons, old.state, old.attempts_made) == ("", [], "reached", 1)
    assert old.identity is not None
    assert Attempt.objects.get().callback == young
    assert Decision.objects.get().callback == young
    assert sum(week.counts["requests"] for week in ReachWeek.objects.all()) == 2
    assert not ReachModel.objects.exists()
    assert forget() is None


def test_numbers_go_after_two_years(world: World, watch: Watch) -> None:
    old = _called(world, watch)
    watch.wait(days=735)
    report = forget(by=world.astrid.actor)
    assert report is not None
    assert report.numbers == 1
    old.refresh_from_db()
    assert old.identity is None
    assert not Identity.objects.filter(kind="phone").exists()
    assert Event.objects.get(kind="callbacks.forgotten").data["numbers"] == 1


def test_a_number_asked_for_again_stays(world: World, watch: Watch) -> None:
    old = _called(world, watch)
    watch.wait(days=735)
    again = ask(world.ingrid.contact, Wish(NUMBER, "chat"), by="x", wording="callback-2026-11")
    forget()
    old.refresh_from_db()
    assert old.identity == again.identity is not None


def test_a_number_known_before_stays_with_its_contact(world: World, watch: Watch) -> None:
    known = recognise("phone", "+4791234567")
    Identity.objects.filter(pk=known.pk).update(
        created_at=watch.now - timedelta(days=9), contact=world.ingrid.contact
    )
    old = _called(world, watch)
    watch.wait(days=735)
    forget()
    old.refresh_from_db()
    assert old.identity is None
    assert Identity.objects.filter(pk=known.pk).exists()


def test_what_was_learned_is_forgotten_and_learned_anew(world: World, watch: Watch) -> None:
    planner = Planner()
    _called(world, watch)
    watch.wait(days=368)
    waits = ask(world.lukas.contact, Wish("912 34 568", "chat"), by="x", wording="callback-2026-11")
    planner.run()
    assert planner.learned is not None
    assert world.ingrid.contact_id in planner.learned.knowledge.people
    forget()
    planner.run()
    assert planner.learned.knowledge.people[world.ingrid.contact_id].at == []
    assert waits.contact_id in planner.learned.knowledge.people


def test_a_contact_who_is_gone_is_not_remembered(world: World, watch: Watch) -> None:
    old = _called(world, watch)
    Planner().run()
    Callback.objects.filter(pk=old.pk).delete()
    Contact.objects.filter(pk=world.ingrid.contact_id).delete()
    assert forget() is not None
    assert not ReachModel.objects.exists()


def test_a_word_redacted_in_the_conversation_leaves_the_topic(world: World, watch: Watch) -> None:
    talk = world.hears(world.ingrid, TOPIC)
    wish = Wish(NUMBER, "chat", topic=TOPIC, conversation=talk)
    asked = ask(world.ingrid.contact, wish, by="x", wording="callback-2026-11")
    redact(talk.messages.get(), [Piece("Fjellhytta", "place", "place")], by=world.kari)
    asked.refresh_from_db()
    assert asked.topic == "Hemmelig sak om [place 1]"


def test_numbers_and_topics_are_nowhere_else(
    world: World, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(BadNumber) as bad:
        ask(world.ingrid.contact, Wish("91234", "chat", topic=TOPIC), by="x", wording="callback-2026-11")
    asked = _called(world, watch)
    again = ask(world.ingrid.contact, Wish(NUMBER, "chat", topic=TOPIC), by="x", wording="callback-2026-11")
    Planner().run()
    finish(call(take(again, world.kari), world.kari), "no_answer", by=world.kari.actor)
    watch.wait(days=735)
    forget()
    told = [caplog.text, str(bad.value), repr(bad.value), repr(asked), str(asked)]
    told += [str(event.data) + event.actor for event in Event.objects.all()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        told += [args for (args,) in cursor.fetchall()]
    assert Event.objects.filter(kind="callback.finished").count() == 2
    for text in told:
        assert "Fjellhytta" not in text
        assert not any(form in text for form in ("91234", "912 34", "567"))
