"""Events and the work they start."""

import pytest
from django.db import connection
from procrastinate import jobs
from procrastinate.contrib.django.models import ProcrastinateJob

from samspill.kit import parked
from samspill.kit.events import emit, without_jobs
from samspill.kit.jobs import PAUSES_S, Patience
from samspill.kit.models import Event
from tests.world import World


def test_an_event_starts_the_jobs_of_its_kind_in_order_for_each_conversation(world: World) -> None:
    talk = world.hears(world.ingrid)
    job = ProcrastinateJob.objects.get(task_name="assistant.jobs.take_turn", args__conversation=talk.pk)
    assert job.lock == f"conversation:{talk.pk}"
    assert set(job.args) == {"event", "conversation", "message"}
    assert job.queue_name == "turns"


def test_a_job_tries_ten_times_with_growing_pauses_and_then_waits_for_a_person() -> None:
    def after(attempts: int) -> object:
        job = jobs.Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="x", attempts=attempts)
        return Patience().get_retry_decision(exception=RuntimeError(), job=job)

    assert [after(number) is not None for number in range(11)] == [True] * 10 + [False]
    assert list(PAUSES_S) == sorted(PAUSES_S)


@pytest.mark.django_db
def test_parked_work_can_be_tried_again_or_given_up() -> None:
    first, second = (_failed(number) for number in range(2))
    assert [job.pk for job in parked.parked()] == [second, first]
    parked.retry(first, by="agent:1")
    parked.drop(second, by="agent:1")
    assert ProcrastinateJob.objects.get(pk=first).status == "todo"
    assert not ProcrastinateJob.objects.filter(pk=second).exists()
    kinds = Event.objects.filter(kind__startswith="job.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["job.retried", "job.dropped"]


def _failed(number: int) -> int:
    emit("conversation.closed", actor="system", conversation=number)
    job = ProcrastinateJob.objects.latest("pk").pk
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job])
    return job


@pytest.mark.django_db
def test_a_caller_may_do_the_work_of_an_event_itself() -> None:
    with without_jobs("conversation.closed"):
        emit("conversation.closed", actor="system", conversation=1)
    assert Event.objects.filter(kind="conversation.closed").count() == 1
    assert not ProcrastinateJob.objects.exists()
    emit("conversation.closed", actor="system", conversation=1)
    assert ProcrastinateJob.objects.count() == 1
