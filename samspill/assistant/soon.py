"""Work that many changes ask for and that is done once for all of them."""

from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from samspill.kit.jobs import AnyTask

AFTER_S = 5  # a series of corrections is learned from once
PAUSE_S = 60
LOCK = 7_404_002


@transaction.atomic
def soon(task: AnyTask, seconds: int = AFTER_S) -> None:
    """Defer a job without arguments in a few seconds, unless it is waiting already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if not ProcrastinateJob.objects.filter(task_name=task.name, status="todo").exists():
        task.configure(schedule_in={"seconds": seconds}).defer()
