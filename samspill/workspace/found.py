from django.db import connection, transaction

from samspill.kit.events import emit
from samspill.workspace.current import workspace
from samspill.workspace.models import Agent


class AlreadyFounded(Exception):
    """There is an agent already; only an admin may add another."""


@transaction.atomic
def found(company: str, *, name: str, email: str, password: str, language: str, time_zone: str) -> Agent:
    """Name the company and make its first admin. Raises AlreadyFounded when there is any agent."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE samspill_agent IN SHARE ROW EXCLUSIVE MODE")
    if Agent.objects.exists():
        raise AlreadyFounded
    home = workspace()
    home.name, home.language, home.time_zone = company, language, time_zone
    home.save()
    agent = Agent.objects.create_user(
        email, password, name=name, role=Agent.Role.ADMIN, language=language, time_zone=time_zone
    )
    emit("workspace.founded", actor=agent.actor, agent=agent.pk)
    return agent
