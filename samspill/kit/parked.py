"""Work that kept failing and waits for a person."""

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from samspill.kit import clock
from samspill.kit.events import emit


def parked(most: int = 100) -> list[ProcrastinateJob]:
    """Failed jobs, the newest first."""
    return list(ProcrastinateJob.objects.filter(status="failed").order_by("-id")[:most])


@transaction.atomic
def retry(job: int, *, by: str) -> None:
    """Let a failed job try again now; one that is gone or no longer failed is left alone."""
    if not ProcrastinateJob.objects.filter(pk=job, status="failed").exists():
        return
    app.job_manager.retry_job_by_id(job, retry_at=clock.now())
    emit("job.retried", actor=by, job=job)


@transaction.atomic
def drop(job: int, *, by: str) -> None:
    """Give a failed job up for good."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s AND status = 'failed'", [job])
        if cursor.rowcount:
            emit("job.dropped", actor=by, job=job)
