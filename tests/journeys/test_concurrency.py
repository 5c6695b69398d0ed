"""Several servers, several people, one moment: the database decides, and only once."""

import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest
from django.db import connection

from samspill.channels.webchat.vouched import Customer, secret, sign
from samspill.contacts.merge import merge, undo
from samspill.contacts.models import Contact, Identity, Merge
from samspill.conversations.assign import assign
from samspill.conversations.errors import Collision
from samspill.conversations.hand_over import take_over
from samspill.conversations.models import Assignment, Conversation, Inbound, Inbox, Message
from samspill.conversations.reply import reply
from samspill.workspace.models import Agent
from samspill.workspace.tokens import make_token
from tests.at_once import at_once
from tests.journeys.conftest import _free_port, _serve, _wait_for
from tests.world import World

AT_ONCE = 50
TIMES = 10
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def addresses(address: str) -> Iterator[list[str]]:
    """Two web processes on one database."""
    port = _free_port()
    server = _serve(port)
    _wait_for(port, server)
    yield [address, f"http://127.0.0.1:{port}"]
    server.terminate()
    server.wait(10)


@pytest.fixture
def shown(addresses: list[str], transactional_db: None) -> dict[str, str]:
    """The pass of a visitor nobody has heard of."""
    inbox = Inbox.objects.create(channel="webchat", name="Shop")
    met = httpx.post(f"{addresses[0]}/widget/hello", json={"inbox": inbox.key}).json()
    return {"Authorization": f"Visitor {met['pass']}"}


@pytest.fixture
def world(busy_world: World) -> World:
    return busy_world


def test_a_newcomers_first_message_reaches_both_servers_fifty_times(
    addresses: list[str], shown: dict[str, str]
) -> None:
    answers = _deliver(addresses, shown, [{"id": str(uuid.uuid4()), "text": "Hello"}] * AT_ONCE)
    assert Counter(answer.status_code for answer in answers) == {200: AT_ONCE}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert (Contact.objects.count(), Identity.objects.count(), Conversation.objects.count()) == (1, 1, 1)
    assert (Message.objects.count(), Inbound.objects.count()) == (1, 1)


def test_a_newcomers_repeated_and_reordered_batch_reaches_both_servers(
    addresses: list[str], shown: dict[str, str]
) -> None:
    batch = [{"id": str(uuid.uuid4()), "text": f"number {number}"} for number in range(AT_ONCE)]
    answers = _deliver(addresses, shown, random.sample(batch * 3, len(batch) * 3))
    assert Counter(answer.status_code for answer in answers) == {200: 3 * AT_ONCE}
    assert (Contact.objects.count(), Identity.objects.count(), Conversation.objects.count()) == (1, 1, 1)
    kept = Counter(Message.objects.values_list("text", flat=True))
    assert kept == Counter(body["text"] for body in batch)


def test_one_person_writes_in_the_chat_and_by_another_channel_all_at_once(
    addresses: list[str], world: World
) -> None:
    """The shop vouches for her in the chat, so her address is one record in whatever order all this arrives."""
    inbox, elsewhere = Inbox.objects.get(pk=world.shop.pk), Inbox.objects.create(channel="api", name="App")
    secret(inbox)
    before = Contact.objects.filter(merged_into=None).count()
    token = sign(inbox, Customer("siri@example.no", "Siri Moe"))
    met = httpx.post(f"{addresses[0]}/widget/hello", json={"inbox": inbox.key, "visitor": token}).json()
    chat = {"Authorization": f"Visitor {met['pass']}"}
    app = {"Authorization": f"Bearer {make_token('App', writes=True, by=world.astrid)[1]}"}
    said = [{"id": str(uuid.uuid4()), "text": f"number {n}"} for n in range(AT_ONCE)]
    asked = [(chat, "/widget/messages", body) for body in said[::2]]
    asked += [
        (app, f"/api/v1/inboxes/{elsewhere.pk}/messages", body | {"email": "Siri@example.no"})
        for body in said[1::2]
    ]
    asked = random.sample(asked * 3, len(asked) * 3)
    answers = _ask(addresses, asked)
    assert {answer.status_code for answer in answers} <= {200, 201}
    assert Contact.objects.filter(merged_into=None).count() == before + 1
    siri = Identity.objects.get(kind="email").contact
    assert set(Conversation.objects.values_list("contact", "status")) == {(siri.pk, "open")}
    assert Counter(Conversation.objects.values_list("inbox", flat=True)) == {inbox.pk: 1, elsewhere.pk: 1}
    assert Counter(Message.objects.values_list("text", flat=True)) == Counter(body["text"] for body in said)


def test_two_people_merge_the_same_records_and_take_it_back_at_once(world: World) -> None:
    for _ in range(TIMES):
        one, other = world.stranger().contact, world.stranger().contact
        done = at_once(
            lambda a=one, b=other: merge(a, b, by="agent:1"), lambda a=one, b=other: merge(b, a, by="agent:2")
        )
        logs = [log for log in done if isinstance(log, Merge)]
        assert (len(logs), Contact.objects.filter(pk__in=[one.pk, other.pk], merged_into=None).count()) == (
            1,
            1,
        )
        done = at_once(*[lambda log=logs[0]: undo(log, by="agent:1")] * 2)
        assert sorted(type(one).__name__ for one in done) == ["CannotUndo", "NoneType"]
        assert Contact.objects.filter(pk__in=[one.pk, other.pk], merged_into=None).count() == 2


def test_two_agents_take_the_same_conversation(world: World) -> None:
    for _ in range(TIMES):
        conversation = world.hears(world.stranger())
        outcomes = _both(world, lambda agent, held=conversation: assign(held, agent, by=agent, expected=None))
        _one_owner(conversation, outcomes)


def test_two_agents_step_in_for_the_assistant(world: World) -> None:
    for _ in range(TIMES):
        conversation = world.hears(world.stranger())
        outcomes = _both(world, lambda agent, held=conversation: take_over(held, agent))
        _one_owner(conversation, outcomes)


def test_two_agents_answer_the_same_question(world: World) -> None:
    for _ in range(TIMES):
        conversation = world.hears(world.stranger())
        seen = Message.objects.get(conversation=conversation).pk
        outcomes = _both(
            world,
            lambda agent, held=conversation, last=seen: reply(
                held, agent, f"I am {agent.name}", str(uuid.uuid4()), seen=last
            ),
        )
        owner = _one_owner(conversation, outcomes)
        said = Message.objects.get(conversation=conversation, author="agent")
        assert (said.agent, said.text) == (owner, f"I am {owner.name}")


def _ask(
    addresses: list[str], asked: list[tuple[dict[str, str], str, dict[str, str]]]
) -> list[httpx.Response]:
    """Ask several servers at once, each question with its own proof of who asks."""
    with httpx.Client(timeout=90, limits=httpx.Limits(max_connections=AT_ONCE)) as client:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            places = [addresses[at % len(addresses)] for at in range(len(asked))]
            return list(
                threads.map(
                    lambda base, one: client.post(base + one[1], json=one[2], headers=one[0]), places, asked
                )
            )


def _one_owner(conversation: Conversation, outcomes: dict[Agent, Collision | None]) -> Agent:
    won = [agent for agent, collision in outcomes.items() if collision is None]
    conversation.refresh_from_db()
    assert won == [conversation.assignee]
    lost = next(collision for collision in outcomes.values() if collision)
    assert lost.who == won[0].name
    assert Assignment.objects.filter(conversation=conversation, ended_at=None).count() == 1
    return won[0]


def _both(world: World, act: Callable[[Agent], object]) -> dict[Agent, Collision | None]:
    """What becomes of it when Kari and Ola do the same in the same moment."""
    start = Barrier(2)

    def one(agent: Agent) -> Collision | None:
        try:
            start.wait(10)
            act(agent)
        except Collision as collision:
            return collision
        finally:
            connection.close()
        return None

    agents = [world.kari, world.ola]
    with ThreadPoolExecutor(2) as threads:
        return dict(zip(agents, threads.map(one, agents), strict=True))


def _deliver(
    addresses: list[str], shown: dict[str, str], bodies: list[dict[str, str]]
) -> list[httpx.Response]:
    with httpx.Client(timeout=60, headers=shown, limits=httpx.Limits(max_connections=AT_ONCE)) as client:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            urls = [f"{addresses[at % len(addresses)]}/widget/messages" for at in range(len(bodies))]
            return list(threads.map(lambda url, body: client.post(url, json=body), urls, bodies))
