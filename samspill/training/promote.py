from django.db import connection, transaction

from samspill.kit.events import emit
from samspill.training.load import live_id, load
from samspill.training.models import LearnedModel
from samspill.workspace.models import Agent

State = LearnedModel.State
LOCK = 7_404_003  # one change of the live model at a time
KEPT = 8  # former models and candidates that can be brought back


@transaction.atomic
def promote(chosen: LearnedModel, by: Agent | None) -> None:
    """The assistant reads with this model from the next message on; raises Tampered for a changed one.

    One that a person brings back stays until a person trains anew or chooses another.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    kept = LearnedModel.objects.select_for_update().get(pk=chosen.pk)
    load(kept)
    if kept.state == State.LIVE:
        return
    before, back = live_id(), kept.state == State.FORMER
    LearnedModel.objects.filter(state=State.LIVE).update(state=State.FORMER, pinned=False)
    LearnedModel.objects.filter(pk=kept.pk).update(state=State.LIVE, pinned=back and by is not None)
    kind = "model.rolled_back" if back else "model.promoted"
    emit(kind, actor=by.actor if by else "system", model=kept.pk, before=before)


def forget_old() -> None:
    """Keep the live model and the last few others; the rest is deleted."""
    others = LearnedModel.objects.exclude(state=State.LIVE).order_by("-pk").values_list("pk", flat=True)
    LearnedModel.objects.filter(pk__in=list(others[KEPT:])).delete()
