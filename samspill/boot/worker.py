"""The process that does durable work. When it loses the database it ends and is started again."""

import asyncio
import logging
import signal
import threading
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from typing import Any

import psycopg
from asgiref.sync import sync_to_async
from django.db import connection, connections
from procrastinate import App
from procrastinate.contrib.django import app as contrib_app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.psycopg_connector import PsycopgConnector
from psycopg_pool import AsyncConnectionPool

from samspill.assistant.brains.llm import warm
from samspill.assistant.mind import mind
from samspill.assistant.models import AssistantSettings
from samspill.boot.lifeline import lifeline
from samspill.channels.email import mailboxes
from samspill.knowledge.switch import notice_encoder

log = logging.getLogger(__name__)
# people wait for the first; nothing the others do may keep them waiting
QUEUES = {"turns": 4, "default": 2, "imports": 1, "callbacks": 1}
# of the process that reads the mailboxes, so that a flood of mails slows down no chat
MAIL_QUEUES = {"mails": 2}
HEARTBEAT_S = 2.0
DEAD_AFTER_S = 6.0  # then its jobs are done by others
FORGOTTEN_AFTER_S = 600.0  # not sooner: a worker that was only slow must end when its row is gone


def run() -> None:
    """Work until told to stop; jobs of workers that died are taken over within seconds."""
    _run_until_stopped(QUEUES, _wake)


def run_mailboxes() -> None:
    """Read every mailbox, and bring in and answer the mails, until told to stop."""
    over = threading.Event()
    reading = threading.Thread(target=mailboxes.run, args=[over], name="mailboxes", daemon=True)
    reading.start()
    try:
        _run_until_stopped(MAIL_QUEUES, lambda: None)
    finally:
        over.set()
        reading.join(5)


def _run_until_stopped(queues: dict[str, int], wake: Callable[[], None]) -> None:
    with suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(_run(queues, wake))


async def _run(queues: dict[str, int], wake: Callable[[], None]) -> None:
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, _cancel, asyncio.current_task())
    async with lifeline():
        await asyncio.to_thread(wake)
        async with at_work() as app:
            works = (_work(app, queue, most) for queue, most in queues.items())
            await asyncio.gather(_rescue_forever(app, queues), *works)


@asynccontextmanager
async def at_work() -> AsyncIterator[App]:
    """The app that fetches and ends jobs, by connections of its own.

    What a job defers goes by Django's connection all the same, so that it starts when the job's transaction commits,
    and only then: with `replace_connector` it would be there at once.
    """
    connector = PsycopgConnector(pool_factory=_pool, kwargs=connector_params())
    app = contrib_app.with_connector(connector)
    app.job_manager = Jobs(connector)
    async with app.open_async():
        try:
            yield app
        finally:
            await sync_to_async(connections.close_all)()  # by which the clock's work was deferred


def _wake() -> None:
    """Learn and load what the first customer would have to wait for."""
    try:
        notice_encoder()
        mind()
        if AssistantSettings.current().brain == AssistantSettings.Brain.LLM:
            warm()
    finally:
        connection.close()


def _cancel(task: asyncio.Task[None] | None) -> None:
    if task:
        task.cancel()


def _pool(**given: Any) -> AsyncConnectionPool[Any]:
    # no connection is tried before use: the lifeline tells when they broke
    return AsyncConnectionPool(**given | {"check": None}, configure=_hasten, min_size=2, max_size=8)


async def _hasten(link: psycopg.AsyncConnection[Any]) -> None:
    # who does which job may be forgotten in a crash: it is done again then, and doing it twice changes nothing
    await link.set_autocommit(True)
    await link.execute("SET synchronous_commit TO off")


class Jobs(JobManager):
    """What is to be done again, after a failure or its worker's death, ends where the same work waits already: the
    next tick of a clock, or the next look at a conversation. Two such cannot wait, and this one would stay "doing",
    with the lock on its conversation."""

    async def retry_job(self, job: Job, *given: Any, **more: Any) -> None:
        """Do it again later, unless the same waits."""
        try:
            await super().retry_job(job, *given, **more)
        except UniqueViolation:
            await self.finish_job(job, Status.ABORTED, delete_job=True)


async def _work(app: App, queue: str, most: int) -> None:
    await app.run_worker_async(
        queues=[queue],
        name=queue,
        concurrency=most,
        update_heartbeat_interval=HEARTBEAT_S,
        stalled_worker_timeout=FORGOTTEN_AFTER_S,
        shutdown_graceful_timeout=5,
        delete_jobs="successful",
        install_signal_handlers=False,
    )


async def _rescue_forever(app: App, queues: Collection[str]) -> None:
    while True:
        await app.job_manager.prune_stalled_workers(FORGOTTEN_AFTER_S)
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_S):
            if job.queue in queues:  # what two processes rescued might be done twice at once
                log.warning("job %s was left by a dead worker and is done again", job.id)
                await app.job_manager.retry_job(job)
        await asyncio.sleep(HEARTBEAT_S)
