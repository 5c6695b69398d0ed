"""The customer's link: who sees how much."""

from datetime import timedelta

import pytest
from django.utils import translation

from samspill.callbacks import told
from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.link import link, opened
from samspill.callbacks.models import Callback
from samspill.contacts.merge import merge
from samspill.contacts.models import Contact
from samspill.contacts.recognise import recognise
from tests.callbacks.conftest import Watch
from tests.world import World

NUMBER = "912 34 567"


def asked(contact: Contact, **facts: object) -> Callback:
    wish = Wish(NUMBER, "portal", **facts)  # type: ignore[arg-type]
    return ask(contact, wish, by=contact.actor, wording="callback-2026-11")


def key_of(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[1]


def test_who_asked_may_change_and_anybody_else_only_sees_when(world: World, watch: Watch) -> None:
    callback = asked(world.ingrid.contact)
    own = opened(key_of(link(callback, world.ingrid.contact)))
    assert own == (callback, True, False)
    assert opened(key_of(link(callback, world.ingrid.contact, proven=True))) == (callback, True, True)
    assert opened(key_of(link(callback, world.lukas.contact, proven=True))) == (callback, False, False)


def test_a_link_outlives_a_merge_and_no_forgery_opens(world: World, watch: Watch) -> None:
    callback = asked(world.ingrid.contact)
    key = key_of(link(callback, world.ingrid.contact))
    known = recognise("email", "ingrid@example.no").contact
    merge(known, world.ingrid.contact, by=world.astrid.actor)
    found = opened(key)
    assert found is not None
    assert found.may_change
    assert opened(key[:-1] + ("a" if key[-1] != "a" else "b")) is None
    assert opened("") is None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "today before 13:00"),
        ("nb", "i dag før kl. 13:00"),
        ("de", "heute vor 13:00 Uhr"),
        ("zh-hant", "今天 13:00 以前"),
    ],
)
def test_when_is_said_in_the_readers_language(world: World, watch: Watch, language: str, words: str) -> None:
    with translation.override(language):
        assert told.when(asked(world.ingrid.contact)) == words


def test_when_names_days_and_spans(world: World, watch: Watch) -> None:
    hours = (watch.now + timedelta(hours=4), watch.now + timedelta(hours=6))
    callback = asked(world.ingrid.contact, wanted=hours)
    with translation.override("en"):
        assert told.when(callback) == "today between 13:00 and 15:00"
        watch.wait(days=-1)
        assert told.when(callback) == "tomorrow between 13:00 and 15:00"
        watch.wait(days=-2)
        assert told.when(callback) == "on Monday 16 November between 13:00 and 15:00"


def test_another_time_zone_is_named(world: World, watch: Watch) -> None:
    contact = world.lukas.contact
    callback = ask(contact, Wish("+81 3-3000-1111", "portal"), by=contact.actor, wording="x")
    with translation.override("en"):
        assert told.when(callback) == "today before 21:00 (Tokyo time)"


HABIT = {"answered": 5, "tried": 7, "weekday": 1, "from": 750, "until": 945}
REASONS = [
    {"code": "habit_weekday", "effect": 0.9, "numbers": HABIT},
    {"code": "wanted_time", "effect": 0.4, "numbers": {}},
    {"code": "public_holiday", "effect": -0.4, "numbers": {}},
]


def test_reasons_are_true_and_personal_ones_only_for_oneself(world: World, watch: Watch) -> None:
    callback = asked(world.ingrid.contact)
    callback.mode, callback.chance, callback.reasons = "planned", 0.5, REASONS
    wanted = "You told us that this time suits you."
    with translation.override("en"):
        assert told.why(callback) == [wanted]
        mine = told.why(callback, personal=True)
        assert mine == ["You answered 5 of our 7 calls on Tuesdays between 12:30 and 15:45.", wanted]
        callback.mode = "control"
        assert told.why(callback)[0] == "You are called in the order of arrival."
        callback.fixed_at = watch.now
        assert told.why(callback) == ["This is the time we agreed on."]


@pytest.mark.parametrize(
    "code", [*sorted(told.PERSONAL), "people_like_them", "school_holiday", "just_asked", "other_models"]
)
def test_every_reason_has_words(world: World, watch: Watch, code: str) -> None:
    callback = asked(world.ingrid.contact)
    callback.mode, callback.chance = "planned", 0.5
    callback.reasons = [{"code": code, "effect": 0.5, "numbers": HABIT}]
    told_now = told.why(callback, personal=True)
    assert told_now
    assert told_now != ["This is one of the next times when we have somebody free."]
