"""Housekeeping of the house's own tables."""

from django.db import connection

from samspill.kit import clock
from samspill.kit.jobs import every
from samspill.kit.models import RateCount


@every("17 3 * * *")
def tidy(timestamp: int) -> None:
    """Forget finished jobs after a week and counted tries after a day."""
    RateCount.objects.filter(window__lt=int(clock.ago(days=1).timestamp())).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status = 'succeeded'"
            " AND id IN (SELECT job_id FROM procrastinate_events WHERE at < now() - interval '7 days')"
        )
