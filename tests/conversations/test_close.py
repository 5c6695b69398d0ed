"""Ending, reopening, putting away."""

import pytest

from samspill.conversations.close import close, close_idle, reopen, snooze, wake_due
from samspill.conversations.configure import add_inbox, configure, renew_secret
from samspill.conversations.models import Conversation
from samspill.conversations.presence import keep_draft, leave, look, others
from samspill.kit import clock
from samspill.kit.models import Event
from tests.at_once import times
from tests.world import World


@pytest.fixture
def talk(world: World) -> Conversation:
    return world.hears(world.ingrid)


def told(kind: str) -> int:
    return Event.objects.filter(kind=f"conversation.{kind}").count()


def test_closing_happens_once(world: World, talk: Conversation) -> None:
    assert [close(talk, by=world.kari.actor) for _ in range(2)] == [True, False]
    talk.refresh_from_db()
    assert (talk.status, talk.waiting_since) == ("closed", None)
    assert told("closed") == 1


def test_reopening_happens_once(world: World, talk: Conversation) -> None:
    close(talk, by=world.kari.actor)
    assert [reopen(talk, by=world.kari.actor) for _ in range(2)] == [True, True]
    assert told("reopened") == 1


def test_what_has_a_newer_conversation_beside_it_stays_closed(world: World, talk: Conversation) -> None:
    close(talk, by=world.kari.actor)
    world.hears(world.ingrid, "ny sak")
    assert reopen(talk, by=world.kari.actor) is False
    talk.refresh_from_db()
    assert talk.status == "closed"


def test_snoozed_until_the_moment_comes(world: World, talk: Conversation) -> None:
    snooze(talk, clock.ahead(minutes=1), by=world.kari.actor)
    assert wake_due() == 0
    Conversation.objects.update(snoozed_until=clock.ago(minutes=1))
    assert wake_due() == 1
    talk.refresh_from_db()
    assert (talk.status, talk.snoozed_until) == ("open", None)
    assert wake_due() == 0


def test_what_is_closed_is_not_snoozed_and_nobody_is_told_so(world: World, talk: Conversation) -> None:
    close(talk, by=world.kari.actor)
    snooze(talk, clock.ahead(days=1), by=world.kari.actor)
    talk.refresh_from_db()
    assert talk.status == "closed"
    assert told("snoozed") == 0


def test_closed_from_five_windows_at_once_is_closed_once(busy_world: World) -> None:
    talk = busy_world.hears(busy_world.ingrid)
    assert sorted(times(5, lambda: close(talk, by="system"))) == [False] * 4 + [True]
    assert told("closed") == 1


def test_colleagues_see_each_other_for_a_few_seconds(world: World, talk: Conversation) -> None:
    look(talk, world.kari, typing=True)
    here = others(talk, world.ola)
    assert [(one.agent, one.typing) for one in here] == [(world.kari, True)]
    assert others(talk, world.kari) == []
    talk.presences.update(seen_at=clock.ago(seconds=21))
    assert others(talk, world.ola) == []


def test_who_leaves_is_gone_at_once(world: World, talk: Conversation) -> None:
    look(talk, world.kari)
    leave(talk, world.kari)
    assert others(talk, world.ola) == []


def test_presence_and_drafts_leave_no_event(world: World, talk: Conversation) -> None:
    before = Event.objects.count()
    look(talk, world.kari, typing=True)
    keep_draft(talk, world.kari, "Hei Ing")
    keep_draft(talk, world.kari, "Hei Ingrid")
    assert talk.drafts.get().text == "Hei Ingrid"
    keep_draft(talk, world.kari, "")
    assert (Event.objects.count(), talk.drafts.count()) == (before, 0)


def test_an_inbox_keeps_what_nobody_changed(world: World) -> None:
    inbox = add_inbox("webchat", "Other", by=world.astrid.actor)
    secret = inbox.settings["secret"]
    configure(inbox, name="Shop 2", enabled=False, settings={"accent": "red"}, by=world.astrid.actor)
    inbox.refresh_from_db()
    assert (inbox.name, inbox.enabled, inbox.settings) == (
        "Shop 2",
        False,
        {"secret": secret, "accent": "red"},
    )
    assert renew_secret(inbox, by=world.astrid.actor) != secret


@pytest.mark.parametrize(
    ("minutes", "in_charge", "waiting", "closes"),
    [
        (31, "assistant", False, 1),
        (29, "assistant", False, 0),
        (31, "person", False, 0),
        (31, "assistant", True, 0),
    ],
)
def test_only_what_the_assistant_answered_long_ago_is_ended(
    world: World, minutes: int, in_charge: str, waiting: bool, closes: int
) -> None:
    conversation = world.hears(world.ingrid)
    Conversation.objects.filter(pk=conversation.pk).update(
        in_charge=in_charge,
        last_message_at=clock.ago(minutes=minutes),
        waiting_since=clock.ago(minutes=minutes) if waiting else None,
    )
    assert close_idle() == closes
    conversation.refresh_from_db()
    assert (conversation.status == "closed") == bool(closes)
