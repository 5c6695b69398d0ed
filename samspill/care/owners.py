"""Who should look at a finding, and until when."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import cycle

from samspill.care.models import CareSettings
from samspill.contacts.models import Contact
from samspill.conversations.models import Conversation
from samspill.kit import clock
from samspill.workspace.models import Agent


def care_settings() -> CareSettings:
    """How the records are looked after."""
    return CareSettings.objects.filter(pk=1).select_related("owner").first() or CareSettings(pk=1)


class Owners:
    """The rule: the responsible agent, else who last had a conversation, else the care owner, else leads in turn."""

    def __init__(self) -> None:
        care = care_settings()
        self.due_on: date = clock.now().date() + timedelta(days=care.due_days)
        self._active = set(Agent.objects.filter(is_active=True).values_list("pk", flat=True))
        leads = Agent.objects.filter(is_active=True, role__in=("lead", "admin")).order_by("pk")
        ids = [care.owner_id] if care.owner_id in self._active else list(leads.values_list("pk", flat=True))
        self._else = cycle(ids or [None])

    def of(self, contacts: Sequence[int]) -> dict[int, int | None]:
        """The owner for each contact."""
        chosen = dict(_last_agents(contacts))
        responsible = Contact.objects.filter(pk__in=contacts).values_list("pk", "responsible")
        chosen |= {pk: agent for pk, agent in responsible if agent in self._active}
        return {pk: chosen[pk] if chosen.get(pk) in self._active else next(self._else) for pk in contacts}


def _last_agents(contacts: Sequence[int]) -> list[tuple[int, int]]:
    rows = Conversation.objects.filter(contact__in=contacts, assignee__isnull=False)
    latest = rows.order_by("contact", "-last_message_at").distinct("contact")
    return list(latest.values_list("contact", "assignee"))
