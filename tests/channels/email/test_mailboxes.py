"""A real IMAP server: nothing is lost, whatever falls, and nothing comes twice."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from samspill.channels.email.account import account
from samspill.channels.email.check import check
from samspill.channels.email.fetch import fetch
from samspill.channels.email.imap import opened
from samspill.channels.email.reader import Reader
from samspill.channels.email.tidy import tidy
from samspill.channels.models import ChannelHealth, MailFolder
from samspill.channels.process import process
from samspill.conversations.configure import configure
from samspill.conversations.models import Conversation, Inbound, Inbox, Message
from samspill.kit import clock
from tests.at_once import times
from tests.channels.email.post import letter, mailbox, server
from tests.fakes.dovecot import PASSWORD, Dovecot, needed, new_folder
from tests.world import World

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    needed()
    folder = new_folder()
    running = Dovecot(folder)
    running.start()
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def post(dovecot: Dovecot, busy_world: World) -> Inbox:
    """A mailbox of its own for each test."""
    name = f"box{time.time_ns()}"
    dovecot.deliver(name)  # made
    return mailbox(f"{name}@nordlys.example", imap=server(dovecot.port, name, PASSWORD))


def name_of(inbox: Inbox) -> str:
    return str(inbox.settings["mail"]["imap"]["user"])


def set_to(inbox: Inbox, **mail: object) -> None:
    settings = {"mail": inbox.settings["mail"] | mail}
    configure(inbox, name=inbox.name, enabled=True, settings=settings, by="system")
    inbox.refresh_from_db()


def sync(inbox: Inbox, folder: str = "INBOX") -> int:
    with opened(account(inbox), inbox) as box:
        new = fetch(box, inbox, account(inbox), folder)
        tidy(box, inbox, account(inbox), folder)
        return new


def letters(number: int, inbox: Inbox, start: int = 0) -> list[bytes]:
    return [letter(f"Brev {n}", to=inbox.name, subject=f"Sak {n}") for n in range(start, start + number)]


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


@contextmanager
def reading(inbox: Inbox) -> Iterator[Reader]:
    reader = Reader(inbox)
    reader.start()
    try:
        yield reader
    finally:
        reader.stop()
        reader.join(10)
        assert not reader.is_alive()


@contextmanager
def running(command: str) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Start a process of the product on the test database, as often as asked; all are ended after."""
    parts = urlsplit(settings.DATABASE_URL)
    database = urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        environment = {**os.environ, "SAMSPILL_DATABASE_URL": database}
        started.append(subprocess.Popen([sys.executable, "-m", "samspill", command], env=environment))
        return started[-1]

    try:
        yield start
    finally:
        for one in started:
            if one.poll() is None:
                one.terminate()
                one.wait(15)


def test_the_first_sync_stores_every_mail_once(dovecot: Dovecot, post: Inbox) -> None:
    dovecot.deliver(name_of(post), *letters(70, post))
    assert (sync(post), sync(post)) == (70, 0)
    assert Inbound.objects.filter(inbox=post).count() == 70
    assert MailFolder.objects.get(inbox=post).last_uid == 70
    with dovecot.box(name_of(post)) as box:
        assert len(box.uids("UNSEEN")) == 70  # nothing was touched


def test_a_new_mail_is_there_within_two_seconds(dovecot: Dovecot, post: Inbox) -> None:
    with reading(post):
        until(lambda: ChannelHealth.objects.filter(inbox=post, succeeded_at__isnull=False).exists())
        time.sleep(0.5)
        waits = [_wait_for_one_more(dovecot, post) for _ in range(3)]
        assert min(waits) < 2  # on a busy machine one of them may take longer


def _wait_for_one_more(dovecot: Dovecot, post: Inbox) -> float:
    begun, number = time.monotonic(), Inbound.objects.filter(inbox=post).count()
    dovecot.deliver(name_of(post), *letters(1, post, number))
    until(lambda: Inbound.objects.filter(inbox=post).count() > number)
    return time.monotonic() - begun


def test_an_outage_loses_nothing_and_is_told(dovecot: Dovecot, post: Inbox) -> None:
    dovecot.deliver(name_of(post), *letters(3, post))
    with reading(post):
        until(lambda: Inbound.objects.filter(inbox=post).count() == 3)
        dovecot.stop(signal.SIGKILL)
        until(lambda: ChannelHealth.objects.filter(inbox=post, failing_since__isnull=False).exists())
        assert ChannelHealth.objects.get(inbox=post).error in {"closed", "broken", "unreachable"}
        dovecot.drop(name_of(post), *letters(4, post, 3))
        dovecot.start()
        until(lambda: Inbound.objects.filter(inbox=post).count() == 7)
        until(lambda: ChannelHealth.objects.get(inbox=post).failing_since is None)


def test_when_the_server_numbers_anew_nothing_is_doubled(dovecot: Dovecot, post: Inbox) -> None:
    dovecot.deliver(name_of(post), *letters(5, post))
    assert sync(post) == 5
    before = MailFolder.objects.get(inbox=post).uid_validity
    time.sleep(1.1)
    dovecot.number_anew(name_of(post))
    dovecot.deliver(name_of(post), *letters(2, post, 5))
    assert sync(post) == 2
    assert MailFolder.objects.get(inbox=post).uid_validity != before
    assert Inbound.objects.filter(inbox=post).count() == 7


def test_several_folders_and_a_large_mail(dovecot: Dovecot, post: Inbox) -> None:
    with dovecot.box(name_of(post)) as box:
        box.folder.create("Søknader")
    dovecot.deliver(name_of(post), *letters(1, post), folder="Søknader")
    large = letter("x" * 70 + "\r\n" * 10, to=post.name) + b"0123456789abcdef" * (1024 * 1024)
    dovecot.deliver(name_of(post), letter(to=post.name), large, letter(to=post.name))
    set_to(post, folders=["INBOX", "Søknader"])
    with reading(post):
        until(lambda: Inbound.objects.filter(inbox=post).count() == 4)
    assert max(len(bytes(raw)) for raw in Inbound.objects.values_list("raw", flat=True)) > 16_000_000


def test_what_came_before_is_left_alone(dovecot: Dovecot, post: Inbox) -> None:
    dovecot.deliver(name_of(post), *letters(2, post))
    set_to(post, since=(clock.now().date()).isoformat())
    assert sync(post) == 2
    with dovecot.box(name_of(post)) as box:
        box.append(letter(to=post.name), "INBOX", dt=clock.ago(days=20))
    assert sync(post) == 0


def test_what_is_stored_is_marked_moved_or_deleted_only_when_told(dovecot: Dovecot, post: Inbox) -> None:
    dovecot.deliver(name_of(post), *letters(2, post))
    set_to(post, afterwards="seen")
    sync(post)
    with dovecot.box(name_of(post)) as box:
        assert (len(box.uids()), len(box.uids("UNSEEN"))) == (2, 0)
    set_to(post, afterwards="move", move_to="Gjort")
    sync(post)
    with dovecot.box(name_of(post)) as box:
        assert box.uids() == []
        box.folder.set("Gjort")
        assert len(box.uids()) == 2
        box.append(letter(to=post.name), "INBOX", dt=clock.ago(days=40))
    dovecot.deliver(name_of(post), *letters(1, post))
    set_to(post, afterwards="delete", delete_days=30)
    assert sync(post) == 2
    with dovecot.box(name_of(post)) as box:
        assert len(box.uids()) == 1


def test_two_readers_do_not_read_one_mailbox(dovecot: Dovecot, post: Inbox) -> None:
    from samspill.channels.email.lease import Lost, lease

    with lease(post.pk), pytest.raises(Lost), lease(post.pk):
        pass
    with lease(post.pk), lease(post.pk + 1):  # another mailbox is another matter
        pass
    with lease(post.pk):
        pass


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, []),
        ({"password": "wrong"}, ["refused"]),
        ({"port": 1}, ["closed"]),
        ({"host": "no-such-host.invalid"}, ["no_host"]),
        ({"security": "tls"}, ["tls"]),
        ({"folders": ["Nope"]}, ["folder"]),
    ],
)
def test_the_check_says_what_is_wrong(dovecot: Dovecot, post: Inbox, change: dict, code: list[str]) -> None:
    folders = change.pop("folders", ["INBOX"])
    facts = {"port": dovecot.port, "user": name_of(post), "password": PASSWORD} | change
    security = facts.pop("security", "none")
    set_to(post, imap=server(**facts) | {"security": security}, folders=folders)
    assert check(account(post)) == code


def test_fifty_at_once_bring_a_mail_in_once(dovecot: Dovecot, post: Inbox) -> None:
    dovecot.deliver(name_of(post), letter(to=post.name, id="one@x"))
    sync(post)
    inbound = Inbound.objects.get(inbox=post).pk
    results = times(10, lambda: [process(inbound) for _ in range(5)])
    assert results == [[None] * 5] * 10
    assert Message.objects.count() == Conversation.objects.count() == 1


def test_a_killed_reader_stores_every_mail_once(dovecot: Dovecot, post: Inbox) -> None:
    dovecot.deliver(name_of(post), *letters(300, post))
    with running("mailboxes") as read:
        reader = read()
        for at in (1, 100, 200):
            until(lambda at=at: Inbound.objects.filter(inbox=post).count() >= at, 120)
            reader.kill()
            reader = read()
        until(lambda: MailFolder.objects.get(inbox=post).last_uid == 300, 120)
    assert Inbound.objects.filter(inbox=post).count() == 300


@pytest.mark.slow
def test_a_killed_worker_brings_every_mail_in_once(dovecot: Dovecot, post: Inbox) -> None:
    dovecot.deliver(name_of(post), *letters(300, post))
    assert sync(post) == 300
    with running("mailboxes") as work:
        worker = work()
        for at in (20, 120):
            until(lambda at=at: Inbound.objects.filter(inbox=post, state="done").count() >= at, 240)
            worker.kill()
            worker = work()
        until(lambda: Inbound.objects.filter(inbox=post, state="done").count() == 300, 400)
    texts = Message.objects.filter(direction="in").values_list("text", flat=True)
    assert sorted(texts) == sorted(f"Brev {n}" for n in range(300))
    assert Conversation.objects.count() == 300


def test_changed_settings_are_picked_up(dovecot: Dovecot, post: Inbox) -> None:
    right = post.settings["mail"]["imap"]
    set_to(post, imap=server(1, name_of(post), PASSWORD))
    with running("mailboxes") as read:
        read()
        until(lambda: ChannelHealth.objects.filter(inbox=post, error="closed").exists())
        dovecot.deliver(name_of(post), *letters(1, post))
        set_to(post, imap=right)
        until(lambda: Inbound.objects.filter(inbox=post).exists())
