"""An import that is killed again and again, in a real process, brings everything once."""

import os
import random
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from samspill.contacts.models import Contact
from samspill.conversations.configure import add_inbox
from samspill.conversations.models import Conversation, Message
from samspill.imports.models import Import
from tests.imports import mails

MAILS, KILLS = 3_000, 4


def test_killed_in_the_middle_it_goes_on_and_brings_nothing_twice(busy_world, tmp_path):
    inbox = add_inbox("email", "Support", by=busy_world.astrid.actor)
    inbox.settings["mail"] = {"address": "support@nordlys.example"}
    inbox.save()
    path = mails.mbox(tmp_path / "old.mbox", mails.many(MAILS))
    people = Contact.objects.count()
    chance, seen = random.Random(7), []
    for _ in range(KILLS):
        running = start(path)
        wait_for(chance.randint(200, MAILS // (KILLS + 1)) + max([0, *seen]), running)
        running.send_signal(signal.SIGKILL)
        running.wait()
        seen.append(Import.objects.get().position)
    assert start(path).wait(120) == 0
    of = Import.objects.get()
    assert (of.state, of.position) == ("done", MAILS)
    assert seen == sorted(seen)
    assert 0 < seen[0] < MAILS
    assert Message.objects.count() == of.counts["messages"] == MAILS
    assert Conversation.objects.count() == Contact.objects.count() - people == MAILS // 3


def start(path) -> "subprocess.Popen[bytes]":
    parts = urlsplit(settings.DATABASE_URL)
    database = urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
    command = [sys.executable, "-m", "samspill", "import", str(path), "--inbox", "Support"]
    return subprocess.Popen(command, env={**os.environ, "SAMSPILL_DATABASE_URL": database})


def wait_for(position: int, running: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until and running.poll() is None:
        of = Import.objects.first()
        if of and of.position >= position:
            return
        time.sleep(0.02)
