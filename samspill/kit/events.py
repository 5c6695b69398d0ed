"""The one road upwards: a verb emits, the wiring says who listens."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from procrastinate.tasks import Task

from samspill.kit import clock

AnyTask = Task[Any, Any, Any]
INSERT = (
    "INSERT INTO samspill_event (at, kind, actor, contact_id, conversation_id, data)"
    " VALUES (%s, %s, %s, %s, %s, %s) RETURNING id"
)
INSERT_MANY = (
    "INSERT INTO samspill_event (at, kind, actor, contact_id, conversation_id, data)"
    " SELECT at, kind, actor, contact, conversation, data::jsonb FROM unnest("
    "%s::timestamptz[], %s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::text[]"
    ") WITH ORDINALITY AS given (at, kind, actor, contact, conversation, data, place) ORDER BY place RETURNING id"
)
_handlers: dict[str, list[AnyTask]] = {}
_without: ContextVar[frozenset[str]] = ContextVar("without", default=frozenset())
_gathered: ContextVar["_Gathered | None"] = ContextVar("gathered", default=None)


@dataclass(frozen=True)
class _Event:
    at: datetime
    kind: str
    actor: str
    contact: int | None
    conversation: int | None
    data: dict[str, Any]
    tasks: Sequence[AnyTask]

    @property
    def row(self) -> tuple[Any, ...]:
        return (self.at, self.kind, self.actor, self.contact, self.conversation, json.dumps(self.data))


@dataclass
class _Gathered:
    depth: int
    events: list[_Event] = field(default_factory=list)


def emit(
    kind: str, *, actor: str, contact: int | None = None, conversation: int | None = None, **data: Any
) -> None:
    """Append an event and defer a job for each of its handlers, in the caller's transaction.

    The database tells live listeners when that transaction commits. `data` holds ids and facts only.
    """
    tasks = () if kind in _without.get() else _handlers.get(kind, ())
    event = _Event(clock.now(), str(kind), str(actor), contact, conversation, data, tasks)
    gathered = _gathered.get()
    if gathered and gathered.depth == _depth():
        gathered.events.append(event)
    else:
        _write(event)


@contextmanager
def gathering() -> Iterator[None]:
    """Within this block events wait until it ends and are then appended in their order by one statement.

    It lies within one transaction; where it fails nothing was told. What a savepoint might take back does not wait.
    """
    gathered = _Gathered(_depth())
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    if gathered.events:
        _write_all(gathered.events)


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


def _depth() -> int:
    return sum(savepoint is not None for savepoint in connection.savepoint_ids)


def _write(event: _Event) -> None:
    with connection.cursor() as cursor:  # the busiest statement of all: written out, it costs a third
        cursor.execute(INSERT, event.row)
        (number,) = cursor.fetchone()
    _start_jobs(event, number)


def _write_all(events: Sequence[_Event]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT_MANY, [list(column) for column in zip(*(one.row for one in events), strict=True)]
        )
        numbers = [number for (number,) in cursor.fetchall()]
    for event, number in zip(events, numbers, strict=True):
        _start_jobs(event, number)


def _start_jobs(event: _Event, number: int) -> None:
    # work on one conversation is done in order, whatever the number of workers
    lock = f"conversation:{event.conversation}" if event.conversation else None
    for task in event.tasks:
        task.configure(lock=lock).defer(event=number, conversation=event.conversation, **event.data)
