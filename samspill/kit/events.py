"""The one road upwards: a verb emits, the wiring says who listens."""

from typing import Any

from procrastinate.tasks import Task

from samspill.kit.models import Event

AnyTask = Task[Any, Any, Any]
_handlers: dict[str, list[AnyTask]] = {}


def emit(
    kind: str, *, actor: str, contact: int | None = None, conversation: int | None = None, **data: Any
) -> Event:
    """Append an event and defer a job for each of its handlers, in the caller's transaction.

    The database tells live listeners when that transaction commits. `data` holds ids and facts only.
    """
    event = Event.objects.create(
        kind=kind, actor=actor, contact_id=contact, conversation_id=conversation, data=data
    )
    for task in _handlers.get(kind, ()):
        _defer(task, event)
    return event


def subscribe(kind: str, *tasks: AnyTask) -> None:
    """Have every event of `kind` start these jobs. Called by boot/wiring.py alone."""
    _handlers[kind] = list(tasks)


def handlers() -> dict[str, list[str]]:
    """Which jobs each kind of event starts, by name."""
    return {kind: [task.name for task in tasks] for kind, tasks in _handlers.items()}


def _defer(task: AnyTask, event: Event) -> None:
    # work on one conversation is done in order, whatever the number of workers
    lock = f"conversation:{event.conversation_id}" if event.conversation_id else None
    task.configure(lock=lock).defer(event=event.pk, conversation=event.conversation_id, **event.data)
