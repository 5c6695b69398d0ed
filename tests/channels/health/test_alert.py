"""An inbox fails: within two minutes admins have a mail and everybody a banner; then the all-clear."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from samspill.channels import jobs
from samspill.channels.health import failing, heard, well
from samspill.channels.models import ChannelHealth
from samspill.conversations.models import Inbox
from samspill.kit import clock
from samspill.kit.models import Event
from tests.world import World

START = datetime(2026, 11, 23, 9, 0, 1, tzinfo=UTC)


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    def forward(self, **parts: float) -> None:
        self.at += timedelta(**parts)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    hands = Hands()
    monkeypatch.setattr(clock, "now", hands.now)
    return hands


@pytest.fixture
def support(world: World) -> Inbox:
    return Inbox.objects.create(channel="line", name="Support")


def minute(hands: Hands) -> None:
    """What the worker does at each full minute."""
    hands.at = hands.at.replace(second=0) + timedelta(minutes=1)
    jobs.tell_failing.func(0)
    for event in Event.objects.filter(kind__in=["inbox.failing", "inbox.recovered"]).exclude(actor="done"):
        if event.pk not in done:
            done.add(event.pk)
            task = jobs.mail_failing if event.kind == "inbox.failing" else jobs.mail_recovered
            task.func(event=event.pk, conversation=None, **event.data)


done: set[int] = set()


@pytest.mark.parametrize("second", [0, 1, 14, 16, 31, 59])
def test_the_word_is_out_within_two_minutes(world: World, support: Inbox, hands: Hands, second: int) -> None:
    hands.at = START.replace(second=second)
    failing(support, "credentials", "HTTP 401")
    for _each in range(2):
        minute(hands)
        if mail.outbox:
            break
    assert (hands.at - START.replace(second=second)).total_seconds() <= 120
    assert [sent.to for sent in mail.outbox] == [["astrid@nordlys.example"]]
    assert "no longer accepts our key" in mail.outbox[0].body
    assert "Support" in mail.outbox[0].subject


def test_told_once_and_given_the_all_clear(world: World, support: Inbox, hands: Hands) -> None:
    failing(support, "unreachable")
    for _each in range(5):
        failing(support, "unreachable")
        minute(hands)
    assert len(mail.outbox) == 1
    well(support)
    minute(hands)
    assert len(mail.outbox) == 2
    assert "works again" in mail.outbox[1].subject
    health = ChannelHealth.objects.get(inbox=support)
    assert (health.failing_since, health.error, health.alerted_at) == (None, "", None)
    failing(support, "unreachable")
    minute(hands)
    minute(hands)
    assert len(mail.outbox) == 3


def test_a_hiccup_wakes_nobody(world: World, support: Inbox, hands: Hands) -> None:
    failing(support, "unreachable")
    hands.forward(seconds=30)
    well(support)
    minute(hands)
    minute(hands)
    assert mail.outbox == []


def test_one_that_is_switched_off_is_left_alone(world: World, support: Inbox, hands: Hands) -> None:
    Inbox.objects.filter(pk=support.pk).update(enabled=False)
    failing(support, "unreachable")
    minute(hands)
    minute(hands)
    assert mail.outbox == []


def test_what_comes_in_does_not_hide_that_nothing_goes_out(support: Inbox) -> None:
    failing(support, "credentials")
    heard(support)
    assert ChannelHealth.objects.get(inbox=support).error == "credentials"


def test_each_admin_reads_their_own_language(world: World, support: Inbox, hands: Hands) -> None:
    from samspill.workspace.models import Agent

    Agent.objects.filter(pk=world.liv.pk).update(role="admin", language="de")
    failing(support, "unreachable")
    minute(hands)
    minute(hands)
    subjects = {sent.to[0]: sent.subject for sent in mail.outbox}
    assert subjects["astrid@nordlys.example"] != subjects["liv@nordlys.example"]


def test_everybody_sees_the_banner_until_it_works(world: World, support: Inbox, hands: Hands) -> None:
    browser = Client()
    browser.force_login(world.kari)
    assert b"Support" not in browser.get("/desk/settings/channels/failing/").content
    failing(support, "unreachable")
    minute(hands)
    minute(hands)
    assert "“Support” does not work" in browser.get("/desk/settings/channels/failing/").content.decode()
    well(support)
    assert b"Support" not in browser.get("/desk/settings/channels/failing/").content


def test_what_waited_goes_out_after_the_outage(world: World, support: Inbox) -> None:
    from samspill.channels.again import send_waiting
    from samspill.conversations.models import Dispatch

    conversation = world.hears(world.ingrid)
    message = conversation.messages.create(direction="out", author="agent", external_id="a", text="Hei")
    Dispatch.objects.create(message=message, inbox=support, identity=world.ingrid)
    failing(support, "unreachable")
    well(support)
    event = Event.objects.get(kind="inbox.recovered")
    assert event.data == {"inbox": support.pk, "told": False}
    assert send_waiting(support.pk) == 1
    assert Event.objects.filter(kind="dispatch.asked", data__message=message.pk).count() == 1
