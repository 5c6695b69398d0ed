"""Durable work: deferred in the caller's transaction, retried with growing pauses, then parked."""

from collections.abc import Callable
from typing import Any

from procrastinate import BaseRetryStrategy, RetryDecision, jobs
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

AnyTask = Task[Any, Any, Any]
PAUSES_S = (1, 2, 5, 10, 15, 30, 60, 300, 900, 3600)


class Patience(BaseRetryStrategy):
    """Ten tries over about an hour and a half, most of them soon, because what fails is mostly something that restarts.

    Then the job stays parked as failed and can be replayed.
    """

    def get_retry_decision(self, *, exception: BaseException, job: jobs.Job) -> RetryDecision | None:
        """Wait longer after each failure; give up (None) when the pauses are used up."""
        if job.attempts >= len(PAUSES_S):
            return None
        return RetryDecision(retry_in={"seconds": PAUSES_S[job.attempts]})


def job(queue: str = "default", **options: Any) -> Callable[[Callable[..., Any]], AnyTask]:
    """Declare a function as durable work named after its module; arguments are ids, never personal text."""

    def declare(work: Callable[..., Any]) -> AnyTask:
        name = f"{work.__module__.removeprefix('samspill.')}.{work.__name__}"
        task: AnyTask = app.task(name=name, queue=queue, retry=Patience(), **options)(work)  # type: ignore[no-untyped-call]
        return task

    return declare


def every(cron: str, queue: str = "default") -> Callable[[Callable[[int], Any]], AnyTask]:
    """Declare a function as work done at each tick of `cron`; it gets the tick's Unix time."""

    def declare(work: Callable[[int], Any]) -> AnyTask:
        return app.periodic(cron=cron)(job(queue=queue, queueing_lock=work.__name__)(work))

    return declare
