"""Several things done in the same moment, each on a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    """What each returned, or the exception it raised. Needs a transactional test database."""
    start = threading.Barrier(len(doings))
    with ThreadPoolExecutor(len(doings)) as threads:
        running = [threads.submit(_do, start, doing) for doing in doings]
        return [one.result() for one in running]


def times(number: int, doing: Callable[[], Any]) -> Sequence[Any]:
    """The same thing `number` times at once."""
    return at_once(*[doing] * number)


def _do(start: threading.Barrier, doing: Callable[[], Any]) -> Any:
    try:
        start.wait(60)
        return doing()
    except Exception as error:  # noqa: BLE001 - what went wrong is what the test looks at
        return error
    finally:
        connection.close()
