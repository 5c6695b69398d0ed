"""Rows that happened long ago: their own times instead of the moment they were written."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

COLUMNS = {
    "samspill_conversation": "created_at = given.at, last_message_at = given.at",
    "samspill_message": "created_at = given.at",
}


def date_back(table: str, times: Mapping[int, datetime]) -> None:
    """Set when each row (id → moment) came to be."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {COLUMNS[table]}"  # noqa: S608  both are our own constants
            " FROM unnest(%s::bigint[], %s::timestamptz[]) AS given(id, at)"
            f" WHERE {table}.id = given.id",
            [list(times), list(times.values())],
        )


def move_on(times: Mapping[int, datetime]) -> None:
    """The last message of each conversation was at this moment, unless a later one is known."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE samspill_conversation SET last_message_at = greatest(last_message_at, given.at)"
            " FROM unnest(%s::bigint[], %s::timestamptz[]) AS given(id, at)"
            " WHERE samspill_conversation.id = given.id",
            [list(times), list(times.values())],
        )
