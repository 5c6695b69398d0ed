from django.db import transaction

from samspill.kit.events import emit
from samspill.workspace.models import Agent, Workspace

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@transaction.atomic
def change_company(company: Workspace, *, by: Agent) -> None:
    """Keep the company's name, hours, addresses and order-number pattern as filled in on `company`."""
    company.save()
    emit("workspace.changed", actor=by.actor)
