"""Who answers: one agent knowingly, and the assistant never after a person."""

import pytest

from samspill.conversations.assign import assign
from samspill.conversations.close import close
from samspill.conversations.errors import Collision
from samspill.conversations.models import Assignment, Conversation, Draft, Message
from samspill.conversations.note import note
from samspill.conversations.presence import keep_draft
from samspill.conversations.reply import reply, say
from samspill.kit.models import Event
from tests.at_once import at_once
from tests.world import World, build


def seen(talk: Conversation) -> int:
    return Message.objects.filter(conversation=talk).latest("pk").pk


@pytest.fixture
def talk(world: World) -> Conversation:
    Conversation.objects.filter(pk=world.hears(world.ingrid).pk).update(in_charge="assistant")
    return Conversation.objects.get()


def test_who_answers_owns_it_and_the_assistant_is_silent(world: World, talk: Conversation) -> None:
    keep_draft(talk, world.kari, "Hei")
    reply(talk, world.kari, "Hei!", "k1", seen=seen(talk))
    talk.refresh_from_db()
    assert (talk.assignee, talk.in_charge, talk.waiting_since) == (world.kari, "person", None)
    assert say(talk, "Hallo?", "turn:1") is None
    assert not Draft.objects.exists()


def test_an_answer_sent_twice_is_said_once(world: World, talk: Conversation) -> None:
    sent = {reply(talk, world.kari, "Hei!", "k1", seen=seen(talk)).pk for _ in range(3)}
    assert len(sent) == 1
    assert Event.objects.filter(kind="message.sent").count() == 1


def test_who_has_not_seen_a_colleagues_answer_is_stopped(world: World, talk: Conversation) -> None:
    before = seen(talk)
    reply(talk, world.kari, "Hei!", "k1", seen=before)
    assign(talk, None, by=world.liv, expected=world.kari.pk)
    with pytest.raises(Collision) as stopped:
        reply(talk, world.ola, "Hei!", "o1", seen=before)
    assert (stopped.value.kind, stopped.value.who) == ("answered", "Kari Nordmann")
    assert talk.messages.count() == 2
    assert reply(talk, world.ola, "Hei!", "o1", seen=seen(talk)).agent == world.ola


def test_who_does_not_own_it_is_stopped_unless_he_knows(world: World, talk: Conversation) -> None:
    reply(talk, world.kari, "Hei!", "k1", seen=seen(talk))
    with pytest.raises(Collision) as stopped:
        reply(talk, world.ola, "Hei!", "o1", seen=seen(talk))
    assert stopped.value.kind == "owns"
    reply(talk, world.ola, "Hei!", "o1", seen=0, anyway=True)
    talk.refresh_from_db()
    assert talk.assignee == world.kari


def test_a_note_collides_with_nobody_and_is_kept_once(world: World, talk: Conversation) -> None:
    before = seen(talk)
    assert note(talk, world.kari, "VIP", "n1") == note(talk, world.kari, "VIP", "n1")
    reply(talk, world.ola, "Hei!", "o1", seen=before)
    assert Event.objects.filter(kind="note.added").count() == 1


def test_an_answer_opens_what_was_closed(world: World, talk: Conversation) -> None:
    close(talk, by=world.kari.actor)
    reply(talk, world.kari, "En ting til", "k1", seen=seen(talk))
    talk.refresh_from_db()
    assert (talk.status, talk.closed_at) == ("open", None)


@pytest.mark.parametrize("anyway", [False, True])
def test_an_answer_in_an_old_conversation_is_stopped_when_a_newer_one_is_open(
    world: World, talk: Conversation, anyway: bool
) -> None:
    close(talk, by=world.kari.actor)
    world.hears(world.ingrid, "ny sak")
    with pytest.raises(Collision) as stopped:
        reply(talk, world.kari, "Om den gamle", "k1", seen=seen(talk), anyway=anyway)
    assert stopped.value.kind == "closed"
    assert talk.messages.count() == 1


def test_the_assistant_says_each_thing_once(world: World, talk: Conversation) -> None:
    said = {say(talk, "Hei!", "turn:1").pk for _ in range(3)}  # type: ignore[union-attr]
    assert len(said) == 1


def test_two_agents_never_answer_the_same_thing_unknowingly(busy_world: World) -> None:
    world = busy_world
    talk = world.hears(world.ingrid)
    at = seen(talk)
    outcomes = at_once(
        lambda: reply(talk, world.kari, "Hei fra Kari", "k1", seen=at),
        lambda: reply(talk, world.ola, "Hei fra Ola", "o1", seen=at),
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["Collision", "Message"]
    assert talk.messages.filter(direction="out").count() == 1
    assert Assignment.objects.filter(ended_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_assistant_and_agent_at_once_leave_the_assistant_silent_afterwards() -> None:
    world = build(assistant=True)
    for n in range(4):
        talk = world.hears(world.stranger())
        at_once(
            lambda talk=talk, n=n: reply(talk, world.kari, "Hei", f"k{n}", seen=seen(talk)),
            lambda talk=talk, n=n: say(talk, "Hei, jeg er assistenten", f"turn:{n}"),
        )
        authors = list(talk.messages.order_by("pk").values_list("author", flat=True))
        assert authors in (["contact", "agent"], ["contact", "assistant", "agent"])
