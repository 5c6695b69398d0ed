from django.db import transaction

from samspill.kit.events import emit
from samspill.workspace.models import Agent


@transaction.atomic
def change_profile(agent: Agent, *, name: str, language: str, time_zone: str, theme: str) -> None:
    """Keep how an agent is called and wants to see the desk."""
    agent.name, agent.language, agent.time_zone, agent.theme = name, language, time_zone, theme
    agent.save(update_fields=["name", "language", "time_zone", "theme"])
    emit("agent.profile_changed", actor=agent.actor, agent=agent.pk)


def choose_theme(agent: Agent, theme: str) -> None:
    """Keep light, dark or auto; too small a thing for an event."""
    Agent.objects.filter(pk=agent.pk).update(theme=theme)
