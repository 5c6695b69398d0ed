"""One mailbox, read for as long as it is set up: again and again, and at once when something comes."""

import logging
import threading
import time

from django.db import DatabaseError, connection
from imap_tools import BaseMailBox

from samspill.channels import health
from samspill.channels.email.account import account
from samspill.channels.email.fetch import fetch
from samspill.channels.email.imap import opened
from samspill.channels.email.lease import Lease, Lost, lease
from samspill.channels.email.tidy import tidy
from samspill.channels.email.trouble import Trouble, told
from samspill.conversations.models import Inbox

log = logging.getLogger(__name__)
LOOK_S = 20  # also without a word from the server, and for the other folders
SLICE_S = 1.0  # how soon a thread notices that it should end
PAUSES_S = (1, 2, 5, 10, 20, 30, 60)
TAKEN_S = 5
TIDY_S = 600


class Reader(threading.Thread):
    """Reads one mailbox until it is told to stop; no trouble ends it."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(name=f"mailbox-{inbox.pk}", daemon=True)
        self.inbox, self.account = inbox, account(inbox)
        self._over = threading.Event()
        self._tidied = 0.0

    def stop(self) -> None:
        """Have the thread end within moments."""
        self._over.set()

    def run(self) -> None:
        """Read; after trouble again, with growing pauses."""
        failures = 0
        while not self._over.is_set():
            begun = time.monotonic()
            try:
                self._hold()
            except Lost:
                self._over.wait(TAKEN_S)
            except Exception as error:  # noqa: BLE001 - whatever it is, the mailbox is tried again and says so
                failures = 1 if time.monotonic() - begun > PAUSES_S[-1] else failures + 1
                self._tell(told(error))
                self._over.wait(PAUSES_S[min(failures, len(PAUSES_S)) - 1])
            finally:
                connection.close()

    def _hold(self) -> None:
        with lease(self.inbox.pk) as held, opened(self.account, self.inbox) as box:
            while not self._over.is_set():
                self._look(box, held)
                _wait(box, self._over)

    def _look(self, box: BaseMailBox, held: Lease) -> None:
        held.confirm()
        for name in reversed(self.account.folders):  # the first one last: it stays open and is listened to
            fetch(box, self.inbox, self.account, name)
            self._tidy(box, name)
        health.well(self.inbox)
        connection.close()  # nothing is held while nothing happens

    def _tidy(self, box: BaseMailBox, name: str) -> None:
        if self.account.afterwards == "move" or time.monotonic() - self._tidied > TIDY_S:
            tidy(box, self.inbox, self.account, name)
            self._tidied = time.monotonic() if name == self.account.folders[0] else self._tidied

    def _tell(self, trouble: Trouble) -> None:
        log.warning("mailbox %s cannot be read: %s", self.inbox.pk, trouble.code)
        try:
            health.failing(self.inbox, trouble.code, trouble.detail)
        except DatabaseError:
            log.warning("mailbox %s: nor can that be written down", self.inbox.pk)


def _wait(box: BaseMailBox, over: threading.Event) -> None:
    until = time.monotonic() + LOOK_S
    if "IDLE" not in box.client.capabilities:
        over.wait(LOOK_S)
        return
    with box.idle as idle:
        while time.monotonic() < until and not over.is_set():
            begun = time.monotonic()
            lines = idle.poll(SLICE_S)
            closed = not lines and time.monotonic() - begun < SLICE_S / 2  # leaving the block tells
            if closed or any(b"EXISTS" in line for line in lines):
                return
