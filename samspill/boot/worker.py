"""The process that does durable work."""

import asyncio
import logging

from procrastinate.contrib.django import app as contrib_app

log = logging.getLogger(__name__)
JOBS_AT_ONCE = 4
HEARTBEAT_S = 2.0
DEAD_AFTER_S = 8.0


def run() -> None:
    """Work until told to stop; jobs of workers that died are taken over within seconds."""
    asyncio.run(_run())


async def _run() -> None:
    with contrib_app.replace_connector(contrib_app.connector.get_worker_connector()) as app:
        async with app.open_async():
            rescuer = asyncio.create_task(_rescue_forever(app))
            try:
                await app.run_worker_async(
                    concurrency=JOBS_AT_ONCE,
                    update_heartbeat_interval=HEARTBEAT_S,
                    stalled_worker_timeout=DEAD_AFTER_S,
                    shutdown_graceful_timeout=5,
                    delete_jobs="successful",
                )
            finally:
                rescuer.cancel()


async def _rescue_forever(app) -> None:  # type: ignore[no-untyped-def]
    while True:
        await asyncio.sleep(HEARTBEAT_S)
        await app.job_manager.prune_stalled_workers(DEAD_AFTER_S)
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_S):
            log.warning("job %s was left by a dead worker and is done again", job.id)
            await app.job_manager.retry_job(job)
