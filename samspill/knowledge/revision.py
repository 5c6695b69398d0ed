"""The number by which every process sees that the searchable knowledge has changed."""

from django.db import connection

from samspill.knowledge.models import Revision


def advance() -> None:
    """Count one change, visible to others when the transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO samspill_revision (id, number) VALUES (1, 1)"
            " ON CONFLICT (id) DO UPDATE SET number = samspill_revision.number + 1"
        )


def current() -> int:
    """The number now; 0 before anything was published."""
    return Revision.objects.filter(pk=1).values_list("number", flat=True).first() or 0
