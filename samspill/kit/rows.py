"""Many rows of a table changed by one statement."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection


def set_columns(table: str, columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Set some columns (with their PostgreSQL types) of many rows, each given as its id and the values in their order.

    A part of a verb: it runs in the caller's transaction and tells nobody. JSON is given as text.
    """
    if not rows:
        return
    names = ", ".join(columns)
    types = ", ".join(f"%s::{_sent_as(kind)}[]" for kind in ("bigint", *columns.values()))
    values = ", ".join(f"{name} = given.{name}::{kind}" for name, kind in columns.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} kept SET {values} FROM unnest({types}) AS given (id, {names})"  # noqa: S608  names are ours
            " WHERE kept.id = given.id",
            [list(column) for column in zip(*rows, strict=True)],
        )


def _sent_as(kind: str) -> str:
    return "text" if kind == "jsonb" else kind
