"""The process that reads every mailbox: one thread each, kept in step with the settings."""

import logging
import threading

from django.db import DatabaseError, connection

from samspill.channels.email.account import account
from samspill.channels.email.reader import Reader
from samspill.conversations.models import Inbox

log = logging.getLogger(__name__)
LOOK_S = 2.0


def run(over: threading.Event) -> None:
    """Read mailboxes until `over` is set."""
    readers: dict[int, Reader] = {}
    while not over.is_set():
        _keep_in_step(readers)
        over.wait(LOOK_S)
    for reader in readers.values():
        reader.stop()
    for reader in readers.values():
        reader.join(3)


def _keep_in_step(readers: dict[int, Reader]) -> None:
    try:
        wanted = {inbox.pk: inbox for inbox in Inbox.objects.filter(channel="email", enabled=True)}
    except DatabaseError as error:  # it restarts: whoever reads goes on, and waits for it himself
        log.warning("the database does not answer: %s", type(error).__name__)
        return
    finally:
        connection.close()
    for pk, reader in list(readers.items()):
        if pk not in wanted or not _still_right(reader, wanted[pk]) or not reader.is_alive():
            reader.stop()
            del readers[pk]
    for pk, inbox in wanted.items():
        if pk not in readers and account(inbox).reads:
            readers[pk] = Reader(inbox)
            readers[pk].start()


def _still_right(reader: Reader, inbox: Inbox) -> bool:
    return reader.account == account(inbox)
