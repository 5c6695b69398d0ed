from django.db import transaction

from samspill.care.models import CareSettings
from samspill.kit.events import emit
from samspill.workspace.models import Agent


@transaction.atomic
def configure(
    *, every_months: int, stale_months: int, due_days: int, owner: Agent | None, by: Agent
) -> CareSettings:
    """How the records are looked after from now on."""
    facts = {"every_months": every_months, "stale_months": stale_months, "due_days": due_days}
    changed, _made = CareSettings.objects.update_or_create(pk=1, defaults={**facts, "owner": owner})
    emit("care.configured", actor=by.actor, **facts, owner=owner.pk if owner else None)
    return changed
