"""Reading a thing once for one piece of work, however many parts of it ask."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

Found = TypeVar("Found")
_found: ContextVar[dict[Callable[[], Any], Any] | None] = ContextVar("found", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Within this block everything declared `once` is read at most once; blocks within it share what was read."""
    if _found.get() is not None:
        yield
        return
    token = _found.set({})
    try:
        yield
    finally:
        _found.reset(token)


def once(read: Callable[[], Found]) -> Callable[[], Found]:
    """Declare a reading that does not change within one piece of work; outside of such it is done each time."""

    @wraps(read)
    def answer() -> Found:
        known = _found.get()
        if known is None:
            return read()
        if read not in known:
            known[read] = read()
        found: Found = known[read]
        return found

    return answer
