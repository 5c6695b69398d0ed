"""One owner at a time; the assistant and people take turns, never both."""

import pytest

from samspill.conversations.assign import assign, assign_team
from samspill.conversations.errors import Collision
from samspill.conversations.hand_over import give_back, hand_over, take_over
from samspill.conversations.models import Assignment, Conversation, Handover
from samspill.conversations.release import release_all
from samspill.kit.models import Event
from tests.at_once import at_once, times
from tests.world import World


@pytest.fixture
def talk(world: World) -> Conversation:
    Conversation.objects.filter(pk=world.hears(world.ingrid).pk).update(in_charge="assistant")
    return Conversation.objects.get()


def test_assigning_gives_an_owner_and_silences_the_assistant(world: World, talk: Conversation) -> None:
    assign(talk, world.kari, by=world.liv, expected=None)
    talk.refresh_from_db()
    assert (talk.assignee, talk.in_charge) == (world.kari, "person")
    assign(talk, world.ola, by=world.liv, expected=world.kari.pk)
    assert list(Assignment.objects.filter(ended_at=None).values_list("agent", flat=True)) == [world.ola.pk]
    assert Assignment.objects.count() == 2


def test_assigning_on_an_old_picture_is_stopped(world: World, talk: Conversation) -> None:
    assign(talk, world.kari, by=world.kari, expected=None)
    with pytest.raises(Collision):
        assign(talk, world.ola, by=world.ola, expected=None)
    talk.refresh_from_db()
    assert talk.assignee == world.kari


def test_assigning_what_is_so_already_changes_nothing(world: World, talk: Conversation) -> None:
    assign(talk, world.kari, by=world.kari, expected=None)
    assign(talk, world.kari, by=world.kari, expected=None)
    assert Event.objects.filter(kind="conversation.assigned").count() == 1


def test_a_team_is_given_and_taken(world: World, talk: Conversation) -> None:
    assign_team(talk, world.support, by=world.liv.actor)
    assign_team(talk, None, by=world.liv.actor)
    told = Event.objects.filter(kind="conversation.team_assigned").order_by("pk")
    assert [event.data for event in told] == [{"team": world.support.pk}, {"team": None}]


def test_a_handover_keeps_what_was_found_out_and_happens_once(world: World, talk: Conversation) -> None:
    facts = [{"name": "order number", "value": "NS-10001"}]
    assert hand_over(talk, "asked", summary="Wants a person.", facts=facts)
    assert hand_over(talk, "failed", summary="again", facts=[]) is None
    talk.refresh_from_db()
    assert (talk.in_charge, talk.summary, talk.facts) == ("person", "Wants a person.", facts)
    assert talk.waiting_since is not None
    assert Handover.objects.get().reason == "asked"


def test_who_takes_over_owns_it_and_another_is_stopped(world: World, talk: Conversation) -> None:
    take_over(talk, world.kari)
    with pytest.raises(Collision):
        take_over(talk, world.ola)
    talk.refresh_from_db()
    assert (talk.assignee, talk.in_charge) == (world.kari, "person")


def test_giving_back_leaves_it_to_the_assistant_and_to_nobody_else(world: World, talk: Conversation) -> None:
    take_over(talk, world.kari)
    give_back(talk, by=world.kari.actor)
    talk.refresh_from_db()
    assert (talk.assignee, talk.in_charge) == (None, "assistant")
    assert not Assignment.objects.filter(ended_at=None).exists()


def test_who_leaves_releases_everything_that_is_open(world: World, talk: Conversation) -> None:
    assign(talk, world.kari, by=world.liv, expected=None)
    other = world.hears(world.lukas)
    assign(other, world.ola, by=world.liv, expected=None)
    assert release_all(world.kari, by=world.astrid.actor) == 1
    talk.refresh_from_db()
    other.refresh_from_db()
    assert (talk.assignee, talk.in_charge, other.assignee) == (None, "person", world.ola)


def test_of_several_agents_who_take_it_at_once_one_gets_it(busy_world: World) -> None:
    talk = busy_world.hears(busy_world.ingrid)
    agents = [busy_world.kari, busy_world.ola, busy_world.liv, busy_world.astrid]
    outcomes = at_once(*[lambda agent=agent: take_over(talk, agent) for agent in agents])
    assert [type(one).__name__ for one in outcomes if one is not None] == ["Collision"] * 3
    assert Assignment.objects.filter(conversation=talk, ended_at=None).count() == 1


def test_a_handover_from_five_threads_happens_once(busy_world: World) -> None:
    talk = busy_world.hears(busy_world.ingrid)
    Conversation.objects.filter(pk=talk.pk).update(in_charge="assistant")
    done = times(5, lambda: hand_over(talk, "asked", summary="", facts=[]))
    assert sum(one is not None for one in done) == 1
    assert Event.objects.filter(kind="conversation.handed_over").count() == 1
