"""Jobs that a dead worker left behind, and jobs that failed while the same work waits."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from django.db import connection
from procrastinate import App
from procrastinate.contrib.django import app as contrib_app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from samspill.boot.worker import Jobs
from samspill.kit.jobs import job

pytestmark = pytest.mark.django_db(transaction=True)
JOB = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, status, queueing_lock, lock)"
    " VALUES ('tests', %s, %s, 'again', 'conversation:1')"
)


@job(queue="tests")
def fails_while_the_same_waits() -> None:
    with connection.cursor() as cursor:
        cursor.execute(JOB, ["unknown", "todo"])
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour' WHERE status = 'todo'"
        )
    raise ZeroDivisionError


def test_of_two_ticks_of_a_clock_one_is_done() -> None:
    with connection.cursor() as cursor:
        cursor.execute(JOB, ["callbacks.jobs.each_minute", "doing"])  # its worker has died
        cursor.execute(JOB, ["callbacks.jobs.each_minute", "todo"])
    asyncio.run(_at_work(_rescue))
    assert _left() == ["todo"]


def test_a_job_that_fails_while_the_same_waits_holds_no_lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute(JOB, [fails_while_the_same_waits.name, "todo"])
    asyncio.run(_at_work(_once))
    assert _left() == ["todo"]


def _left() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE queueing_lock = 'again'")
        return [status for (status,) in cursor.fetchall()]


async def _at_work(work: Callable[[App], Awaitable[None]]) -> None:
    connector = PsycopgConnector(kwargs=connector_params())
    with contrib_app.replace_connector(connector) as app:
        before, app.job_manager = app.job_manager, Jobs(connector)
        try:
            async with app.open_async():
                await work(app)
        finally:
            app.job_manager = before


async def _rescue(app: App) -> None:
    for left in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=6):
        await app.job_manager.retry_job(left)


async def _once(app: App) -> None:
    await app.run_worker_async(queues=["tests"], wait=False, install_signal_handlers=False)
