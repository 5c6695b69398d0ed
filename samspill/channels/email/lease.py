"""One reader for each mailbox, however many machines run: who holds the lock in the database reads."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from procrastinate.contrib.django.utils import connector_params

READING = 0x53414D  # the first half of the lock's number; the inbox is the second


class Lost(Exception):
    """Another process reads this mailbox, or the database that knew who does is gone."""


class Lease:
    """The right to read one mailbox."""

    def __init__(self, link: "psycopg.Connection[tuple[object, ...]]") -> None:
        self._link = link

    def confirm(self) -> None:
        """Raise Lost when the right is gone with the connection that held it."""
        try:
            self._link.execute("SELECT 1")
        except psycopg.Error as error:
            raise Lost from error


@contextmanager
def lease(inbox: int) -> Iterator[Lease]:
    """Hold the right for the length of a block. Raises Lost when another holds it."""
    try:
        with psycopg.connect(**connector_params(), autocommit=True) as link:
            row = link.execute("SELECT pg_try_advisory_lock(%s, %s)", [READING, inbox]).fetchone()
            if not row or not row[0]:
                raise Lost
            yield Lease(link)
    except psycopg.OperationalError as error:
        raise Lost from error
