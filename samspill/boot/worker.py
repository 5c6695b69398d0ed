"""The process that does durable work. When it loses the database it ends and is started again."""

import asyncio
import logging
import os
import signal
import time
from contextlib import suppress
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from procrastinate import App
from procrastinate.contrib.django import app as contrib_app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from samspill.assistant.mind import mind

log = logging.getLogger(__name__)
# people wait for the first; nothing the second does may keep them waiting
QUEUES = {"turns": 4, "default": 2}
HEARTBEAT_S = 2.0
DEAD_AFTER_S = 6.0
AWAY_S = 60.0


def run() -> None:
    """Work until told to stop; jobs of workers that died are taken over within seconds."""
    with suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(_run())


async def _run() -> None:
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, _cancel, asyncio.current_task())
    async with await _line() as line:
        lost = asyncio.create_task(_until_lost(line))
        await asyncio.to_thread(_learn)
        with contrib_app.replace_connector(_connector()) as app:
            async with app.open_async():
                try:
                    works = (_work(app, queue, most) for queue, most in QUEUES.items())
                    await asyncio.gather(_rescue_forever(app), *works)
                finally:
                    lost.cancel()


def _cancel(task: asyncio.Task[None] | None) -> None:
    if task:
        task.cancel()


async def _line() -> psycopg.AsyncConnection[Any]:
    """A connection kept for nothing but to feel the database go; waits while there is none."""
    until = time.monotonic() + AWAY_S
    while True:
        try:
            return await psycopg.AsyncConnection.connect(settings.DATABASE_URL, autocommit=True)
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.2)


async def _until_lost(line: psycopg.AsyncConnection[Any]) -> None:
    """End this process at once when the database is lost.

    A job whose end could not be written down would count as running for as long as its worker lives.
    """
    try:
        await line.execute("LISTEN samspill_nothing")
        async for _ in line.notifies():
            pass
    except psycopg.OperationalError:
        log.warning("the database was lost, starting anew")
        os._exit(1)


def _learn() -> None:
    """Learn before the first customer waits for it."""
    try:
        mind()
    finally:
        connection.close()


def _connector() -> PsycopgConnector:
    return PsycopgConnector(kwargs=connector_params(), min_size=2, max_size=8, configure=_hasten)


async def _hasten(link: psycopg.AsyncConnection[Any]) -> None:
    # who does which job may be forgotten in a crash: it is done again then, and doing it twice changes nothing
    await link.set_autocommit(True)
    await link.execute("SET synchronous_commit TO off")


async def _work(app: App, queue: str, most: int) -> None:
    await app.run_worker_async(
        queues=[queue],
        name=queue,
        concurrency=most,
        update_heartbeat_interval=HEARTBEAT_S,
        stalled_worker_timeout=DEAD_AFTER_S,
        shutdown_graceful_timeout=5,
        delete_jobs="successful",
        install_signal_handlers=False,
    )


async def _rescue_forever(app: App) -> None:
    while True:
        await app.job_manager.prune_stalled_workers(DEAD_AFTER_S)
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_S):
            log.warning("job %s was left by a dead worker and is done again", job.id)
            await app.job_manager.retry_job(job)
        await asyncio.sleep(HEARTBEAT_S)
