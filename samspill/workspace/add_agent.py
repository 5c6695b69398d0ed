from django.db import transaction

from samspill.kit.events import emit
from samspill.workspace.current import workspace
from samspill.workspace.models import Agent


@transaction.atomic
def add_agent(email: str, *, name: str, role: str, password: str, by: str) -> Agent:
    """Add an agent who can sign in at once, with the company's language and time zone."""
    home = workspace()
    agent = Agent.objects.create_user(
        email, password, name=name[:80], role=role, language=home.language, time_zone=home.time_zone
    )
    emit("agent.added", actor=by, agent=agent.pk, role=role)
    return agent
