"""What is put right each minute, so that nobody is forgotten."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from samspill.callbacks.change import end, tell
from samspill.callbacks.models import Callback, CallbackSettings
from samspill.kit import clock

HELD_FOR = timedelta(minutes=15)


def expire() -> int:
    """End callbacks that are open longer than the company keeps trying, and those whose number is forgotten.

    Appointments and promises still ahead stay.
    """
    before = clock.ago(days=CallbackSettings.current().days)
    late = Q(created_at__lt=before, promised_by__lt=before) | Q(identity=None)
    over = Callback.objects.filter(late, state="open", taken_by=None)
    return sum(_end(pk) for pk in over.values_list("pk", flat=True))


def release() -> int:
    """Give back those an agent took and never called."""
    idle = Callback.objects.filter(state="open", taken_at__lt=clock.now() - HELD_FOR)
    return sum(_release(pk) for pk in idle.exclude(attempts__outcome="").values_list("pk", flat=True))


@transaction.atomic
def _end(pk: int) -> bool:
    held = (
        Callback.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, state="open").first()
    )
    if held is None or held.taken_by_id:
        return False
    end(held, Callback.State.EXPIRED, by="system")
    return True


@transaction.atomic
def _release(pk: int) -> bool:
    held = (
        Callback.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, state="open").first()
    )
    if held is None or held.attempts.filter(outcome="").exists():
        return False
    held.taken_by, held.taken_at = None, None
    held.save(update_fields=["taken_by", "taken_at"])
    tell("callback.put_back", held, "system")
    return True
