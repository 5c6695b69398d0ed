"""One at a time: whoever plans, and whoever forgets what plans are made of."""

from django.db import connection

LOCK = 7_305_201


def alone() -> bool:
    """Whether nobody else is at it; until the caller's transaction ends nobody else will be."""
    return bool(_ask("SELECT pg_try_advisory_xact_lock(%s)"))


def wait_alone() -> None:
    """Wait until nobody else is at it; until the caller's transaction ends nobody else will be."""
    _ask("SELECT 1 FROM pg_advisory_xact_lock(%s)")


def _ask(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question, [LOCK])
        return cursor.fetchone()[0]
