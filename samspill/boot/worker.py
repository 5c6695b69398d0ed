"""The process that does durable work."""

import asyncio
import logging
import signal
from contextlib import suppress

from procrastinate import App
from procrastinate.contrib.django import app as contrib_app

from samspill.assistant.brains.llm import warm
from samspill.assistant.mind import mind
from samspill.assistant.models import AssistantSettings

log = logging.getLogger(__name__)
# people wait for the first; nothing the second does may keep them waiting
QUEUES = {"turns": 4, "default": 2}
HEARTBEAT_S = 2.0
DEAD_AFTER_S = 8.0


def run() -> None:
    """Work until told to stop; jobs of workers that died are taken over within seconds."""
    with suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(_run())


async def _run() -> None:
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, _cancel, asyncio.current_task())
    await asyncio.to_thread(_wake)
    with contrib_app.replace_connector(contrib_app.connector.get_worker_connector()) as app:
        async with app.open_async():
            rescuer = asyncio.create_task(_rescue_forever(app))
            try:
                await asyncio.gather(*(_work(app, queue, most) for queue, most in QUEUES.items()))
            finally:
                rescuer.cancel()


def _wake() -> None:
    """Learn and load what the first customer would have to wait for."""
    mind()
    if AssistantSettings.current().brain == AssistantSettings.Brain.LLM:
        warm()


def _cancel(task: asyncio.Task[None] | None) -> None:
    if task:
        task.cancel()


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
        await asyncio.sleep(HEARTBEAT_S)
        await app.job_manager.prune_stalled_workers(DEAD_AFTER_S)
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_S):
            log.warning("job %s was left by a dead worker and is done again", job.id)
            await app.job_manager.retry_job(job)
