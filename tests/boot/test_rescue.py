"""Jobs that a dead worker left behind."""

import asyncio

import pytest
from django.db import connection
from procrastinate.contrib.django import app as contrib_app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from samspill.boot.worker import _do_again

pytestmark = pytest.mark.django_db(transaction=True)
JOB = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, status, queueing_lock)"
    " VALUES ('callbacks', 'callbacks.jobs.each_minute', %s, 'each_minute')"
)


def test_of_two_ticks_of_a_clock_one_is_done() -> None:
    with connection.cursor() as cursor:
        cursor.execute(JOB, ["doing"])  # its worker has died
        cursor.execute(JOB, ["todo"])
    asyncio.run(_rescue())
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE queueing_lock = 'each_minute'")
        assert cursor.fetchall() == [("todo",)]


async def _rescue() -> None:
    connector = PsycopgConnector(kwargs=connector_params())
    with contrib_app.replace_connector(connector) as app:
        async with app.open_async():
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=6):
                await _do_again(app, job)
