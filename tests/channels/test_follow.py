"""A chat goes on by mail: what was not read is mailed once, several in one, and the answer comes back here."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from samspill.channels import follow, port
from samspill.channels.dispatch import dispatch
from samspill.channels.errors import Unreachable
from samspill.channels.jobs import follow as job
from samspill.channels.together import stop_url, text_of
from samspill.channels.webchat.continuing import continue_at
from samspill.contacts.models import Identity
from samspill.contacts.recognise import recognise
from samspill.conversations.models import Conversation, Dispatch, Inbox, Message
from samspill.conversations.receive import read_by_contact
from samspill.conversations.reply import reply, say
from samspill.kit import clock
from samspill.kit.models import Event
from tests.world import World


class Post:
    """A mailbox that notes what it is given."""

    kind = "email"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.down = False

    def bring_in(self, inbound: Any) -> None:
        """Nothing comes by it here."""

    def send(self, dispatch: Dispatch) -> str:
        """Note address and text."""
        if self.down:
            raise Unreachable("away")
        self.sent.append((dispatch.identity.value, text_of(dispatch)))
        return f"mail-{dispatch.pk}"

    def check(self, inbox: Inbox) -> list[str]:
        """Always well."""
        return []


@pytest.fixture
def post(world: World) -> Iterator[Post]:
    """The company has a mailbox."""
    before, made = port._known.get("email"), Post()
    port.register(made)
    Inbox.objects.create(channel="email", name="Post")
    yield made
    port._known.pop("email")
    if before:
        port.register(before)


@pytest.fixture
def talk(world: World, post: Post) -> Conversation:
    """Ingrid has asked, named her address, and gone."""
    held = world.hears(world.ingrid)
    continue_at(world.ingrid, "ingrid@example.no")
    return held


def _says(talk: Conversation, text: str, *, ago_s: int = 300) -> Message:
    said = say(talk, text, f"turn:{text}", author="system")
    assert said
    moment = clock.now() - timedelta(seconds=ago_s)
    Message.objects.filter(pk=said.pk).update(created_at=moment, author="assistant")
    return said


def _run(talk: Conversation) -> None:
    follow.follow(talk.pk)
    for event in Event.objects.filter(kind="dispatch.asked", actor="system", conversation_id=talk.pk):
        dispatch(event.data["message"])


def test_several_messages_make_one_mail(talk: Conversation, post: Post) -> None:
    for text in ("It is on its way.", "It comes on Monday."):
        _says(talk, text)
    _run(talk)
    [(to, text)] = post.sent
    assert to == "ingrid@example.no"
    assert text.startswith("It is on its way.\n\nIt comes on Monday.")
    assert "/help/stop/" in text
    assert set(Dispatch.objects.values_list("state", flat=True)) == {"sent"}
    assert {m.inbox.channel for m in talk.messages.filter(direction="out")} == {"email"}


def test_it_is_mailed_once_however_often_we_look(talk: Conversation, post: Post) -> None:
    _says(talk, "It is on its way.")
    _run(talk)
    _run(talk)
    assert len(post.sent) == 1


def test_what_was_read_in_the_chat_is_not_mailed(talk: Conversation, post: Post) -> None:
    said = _says(talk, "It is on its way.")
    read_by_contact(talk, said.pk)
    _run(talk)
    assert post.sent == []


def test_what_is_read_while_the_mail_server_is_away_is_not_mailed_later(
    talk: Conversation, post: Post
) -> None:
    said, post.down = _says(talk, "It is on its way."), True
    with pytest.raises(Unreachable):
        _run(talk)
    read_by_contact(talk, said.pk)
    post.down = False
    dispatch(said.pk)
    assert post.sent == []
    assert Dispatch.objects.get().state == "read"


def test_a_visitor_who_wrote_since_has_read(world: World, talk: Conversation, post: Post) -> None:
    _says(talk, "It is on its way.")
    world.hears(world.ingrid, "Thanks")
    _run(talk)
    assert post.sent == []


def test_what_is_young_waits_for_its_two_minutes_in_one_job(talk: Conversation, post: Post) -> None:
    for text in ("One", "Two"):
        _says(talk, text, ago_s=0)
        dispatch(talk.messages.last().pk)
    follow.follow(talk.pk)
    jobs = ProcrastinateJob.objects.filter(task_name=job.name)
    assert (post.sent, jobs.count()) == ([], 1)
    assert jobs.get().scheduled_at > clock.ahead(seconds=60)


def test_an_agents_answer_asks_for_the_way_by_mail(world: World, talk: Conversation, post: Post) -> None:
    reply(talk, world.kari, "Hei Ingrid", "r1", seen=10**9)
    assert Event.objects.filter(kind="dispatch.asked", conversation_id=talk.pk).count() == 1


def test_an_address_that_is_somebody_elses_gets_this_conversation_and_nothing_more(
    world: World, post: Post
) -> None:
    owner = recognise("email", "owner@example.no", name="Owner")
    talk = world.hears(world.lukas)
    continue_at(world.lukas, "Owner@example.no")
    _says(talk, "It is on its way.")
    _run(talk)
    assert [to for to, _text in post.sent] == ["owner@example.no"]
    owner.refresh_from_db()
    assert (owner.verified_at, owner.contact.conversations.count()) == (None, 0)
    assert Identity.objects.get(pk=world.lukas.pk).contact != owner.contact


def test_the_answer_to_a_mail_is_mailed_at_once(world: World, talk: Conversation, post: Post) -> None:
    mailbox = Inbox.objects.get(channel="email")
    Message.objects.create(
        conversation=talk, direction="in", author="contact", external_id="m", text="Ja", inbox=mailbox
    )
    said = _says(talk, "Fint", ago_s=0)
    dispatch(said.pk)
    _run(talk)
    assert len(post.sent) == 1


def test_whoever_wants_no_mails_gets_none(talk: Conversation, post: Post) -> None:
    _says(talk, "It is on its way.")
    _run(talk)
    path = stop_url(Dispatch.objects.get()).partition("/help/")[2]
    assert Client().get(f"/help/{path}").status_code == 200
    assert follow.way_by_mail(talk) is not None
    assert "no more mails" in Client().post(f"/help/{path}").content.decode()
    assert follow.way_by_mail(talk) is None
    assert Client().get("/help/stop/forged/").status_code == 404


def test_an_address_nobody_gave_or_proved_gets_nothing(world: World, post: Post) -> None:
    talk = world.hears(world.ingrid)
    Identity.objects.create(contact=world.ingrid.contact, kind="email", value_hash="x", sealed="x")
    assert follow.way_by_mail(talk) is None
    Identity.objects.filter(kind="email").update(verified_at=clock.now())
    assert follow.way_by_mail(talk) is not None


def test_without_a_mailbox_nothing_is_mailed(world: World) -> None:
    talk = world.hears(world.ingrid)
    continue_at(world.ingrid, "ingrid@example.no")
    _says(talk, "It is on its way.")
    follow.follow(talk.pk)
    assert Dispatch.objects.count() == 0
