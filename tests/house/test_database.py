"""What only the database can promise."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from samspill.boot.wiring import HANDLERS
from samspill.kit import events
from samspill.kit.events import emit
from samspill.kit.models import Event


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["update", "delete"])
def test_events_are_append_only(change: str) -> None:
    emit("test.happened", actor="system")
    row = Event.objects.filter(kind="test.happened")
    assert row.exists()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.update(kind="test.changed") if change == "update" else row.delete()


@pytest.mark.django_db
def test_an_event_of_a_transaction_that_fails_leaves_no_job() -> None:
    before = _jobs()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        emit("conversation.closed", actor="system", conversation=1)
        _ = 1 / 0
    assert _jobs() == before


def _jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


def test_every_handler_of_the_wiring_is_a_job() -> None:
    assert events.handlers() == HANDLERS
