"""The one road upwards: a verb emits, the wiring says who listens."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection
from procrastinate.tasks import Task

from samspill.kit import clock

AnyTask = Task[Any, Any, Any]
INSERT = (
    "INSERT INTO samspill_event (at, kind, actor, contact_id, conversation_id, data)"
    " VALUES (%s, %s, %s, %s, %s, %s) RETURNING id"
)
_handlers: dict[str, list[AnyTask]] = {}
_without: ContextVar[frozenset[str]] = ContextVar("without", default=frozenset())


def emit(
    kind: str, *, actor: str, contact: int | None = None, conversation: int | None = None, **data: Any
) -> None:
    """Append an event and defer a job for each of its handlers, in the caller's transaction.

    The database tells live listeners when that transaction commits. `data` holds ids and facts only.
    """
    with connection.cursor() as cursor:  # the busiest statement of all: written out, it costs a third
        cursor.execute(INSERT, [clock.now(), str(kind), str(actor), contact, conversation, json.dumps(data)])
        (event,) = cursor.fetchone()
    if kind not in _without.get():
        for task in _handlers.get(kind, ()):
            _defer(task, event, conversation, data)


@contextmanager
def without_jobs(*kinds: str) -> Iterator[None]:
    """Within this block events of these kinds start no jobs: the caller sees to what they would do."""
    token = _without.set(frozenset(kinds))
    try:
        yield
    finally:
        _without.reset(token)


def subscribe(kind: str, *tasks: AnyTask) -> None:
    """Have every event of `kind` start these jobs. Called by boot/wiring.py alone."""
    _handlers[kind] = list(tasks)


def handlers() -> dict[str, list[str]]:
    """Which jobs each kind of event starts, by name."""
    return {kind: [task.name for task in tasks] for kind, tasks in _handlers.items()}


def _defer(task: AnyTask, event: int, conversation: int | None, data: dict[str, Any]) -> None:
    # work on one conversation is done in order, whatever the number of workers
    lock = f"conversation:{conversation}" if conversation else None
    task.configure(lock=lock).defer(event=event, conversation=conversation, **data)
