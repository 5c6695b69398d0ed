"""Events that wait for each other: all or none, in their order, with their jobs."""

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from samspill.kit.events import emit, gathering
from samspill.kit.models import Event

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, int]]:
    return [(one.kind, one.data.get("n")) for one in Event.objects.order_by("pk")]


def test_they_are_appended_in_their_order_when_the_block_ends() -> None:
    with gathering():
        for n in range(20):
            emit("test.told", actor="system", n=n)
        assert told() == []
    assert told() == [("test.told", n) for n in range(20)]


def test_where_the_block_fails_nothing_was_told() -> None:
    with pytest.raises(RuntimeError), gathering():
        emit("test.told", actor="system")
        raise RuntimeError
    assert told() == []


def test_what_a_savepoint_takes_back_was_never_told() -> None:
    with gathering():
        emit("test.told", actor="system", n=1)
        with pytest.raises(RuntimeError), transaction.atomic():
            emit("test.told", actor="system", n=2)
            raise RuntimeError
    assert told() == [("test.told", 1)]


def test_each_starts_its_jobs() -> None:
    with gathering():
        for message in (7, 8):
            emit("message.received", actor="system", message=message)
    jobs = ProcrastinateJob.objects.filter(task_name="assistant.jobs.take_turn").order_by("pk")
    events = Event.objects.filter(kind="message.received").order_by("pk")
    assert [(job.args["event"], job.args["message"]) for job in jobs] == [
        (event.pk, event.data["message"]) for event in events
    ]
    assert len(events) == 2
