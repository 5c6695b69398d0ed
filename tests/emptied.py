"""The database of tests that commit, empty again after each."""

import time

from django.db import OperationalError, connection, transaction

# what the migrations and the signal after them write is there in every test
STAYS = ("django_migrations", "django_content_type", "auth_permission")
TABLES = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL(%s)
"""
TRIES = 10


def empty() -> None:
    """Every row is gone. A request whose browser has just closed may hold a table: then it is tried again."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                _truncate()
            return
        except OperationalError:  # a deadlock
            if not left:
                raise
            connection.close()
            time.sleep(0.2)


def _truncate() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [list(STAYS)])
        tables = [table for (table,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(f"(SELECT '{one}' FROM {one} LIMIT 1)" for one in tables))  # noqa: S608
        if used := ", ".join(table for (table,) in cursor.fetchall()):
            cursor.execute(f"TRUNCATE {used} CASCADE")
