"""Something the product's own verbs built once, of which every test gets rows of its own."""

import copy
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection, transaction

Thing = TypeVar("Thing")
TABLES = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY oid
"""


class Kept(Generic[Thing]):
    """What `build` returns and the rows it writes. Nothing of the building itself stays in the database."""

    def __init__(self, build: Callable[[], Thing]) -> None:
        with transaction.atomic():
            before = _rows()
            self._thing = build()
            after = _rows()
            transaction.set_rollback(True)
        self._rows = {table: lines - before[table] for table, lines in after.items() if lines - before[table]}

    def again(self) -> Thing:
        """Its rows are in the database, as if it had been built just now; returns a copy of the thing."""
        with transaction.atomic(), connection.cursor() as cursor:  # keys are checked at its end
            for table, lines in self._rows.items():
                with cursor.copy(f"COPY {table} FROM STDIN") as rows:
                    rows.write(b"".join(sorted(lines)))
        return copy.deepcopy(self._thing)


def _rows() -> dict[str, set[bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return {table: _lines(cursor, table) for (table,) in cursor.fetchall()}


def _lines(cursor: Any, table: str) -> set[bytes]:
    with cursor.copy(f"COPY {table} TO STDOUT") as rows:
        return {bytes(row) for row in rows}
