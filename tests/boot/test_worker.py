"""What a worker does with jobs that were left, that fail, and that others defer."""

import asyncio
import contextlib

import pytest
from django.db import connection, transaction

from samspill.boot.worker import at_work
from samspill.kit.jobs import job

pytestmark = pytest.mark.django_db(transaction=True)
JOB = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, status, queueing_lock, lock)"
    " VALUES ('tests', %s, %s, 'again', 'conversation:1')"
)


@job(queue="tests")
def fails_while_the_same_waits() -> None:
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(JOB, ["unknown", "todo"])
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour' WHERE status = 'todo'"
        )
    raise ZeroDivisionError


@job(queue="tests")
def defers_what_is_taken_back() -> None:
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        fails_while_the_same_waits.configure(queue="later").defer()
        raise ZeroDivisionError
    fails_while_the_same_waits.configure(queue="later").defer()
    connection.close()


def test_of_two_ticks_of_a_clock_one_is_done() -> None:
    with connection.cursor() as cursor:
        cursor.execute(JOB, ["callbacks.jobs.each_minute", "doing"])  # its worker has died
        cursor.execute(JOB, ["callbacks.jobs.each_minute", "todo"])
    asyncio.run(_rescue())
    assert _left() == ["todo"]


def test_a_job_that_fails_while_the_same_waits_holds_no_lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute(JOB, [fails_while_the_same_waits.name, "todo"])
    asyncio.run(_once())
    assert _left() == ["todo"]


def test_what_a_job_defers_is_part_of_its_transaction() -> None:
    with connection.cursor() as cursor:
        cursor.execute(JOB, [defers_what_is_taken_back.name, "todo"])
    asyncio.run(_once())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'later'")
        assert cursor.fetchone() == (1,)


def _left() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE queueing_lock = 'again'")
        return [status for (status,) in cursor.fetchall()]


async def _rescue() -> None:
    async with at_work() as app:
        for left in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=6):
            await app.job_manager.retry_job(left)


async def _once() -> None:
    async with at_work() as app:
        await app.run_worker_async(queues=["tests"], wait=False, install_signal_handlers=False)
