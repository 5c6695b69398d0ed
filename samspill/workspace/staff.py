"""Changing who works here and with which rights."""

from collections.abc import Sequence

from django.db import transaction

from samspill.kit.events import emit
from samspill.workspace.models import Agent, Team


class LastAdmin(Exception):
    """Somebody must be able to configure: the last admin stays one."""


@transaction.atomic
def change(agent: Agent, *, name: str, role: str, teams: Sequence[Team], by: Agent) -> None:
    """Give an agent another name, role or teams. Raises LastAdmin."""
    if role != Agent.Role.ADMIN:
        _keep_an_admin(agent)
    Agent.objects.filter(pk=agent.pk).update(name=name, role=role)
    agent.teams.set(teams)
    emit("agent.changed", actor=by.actor, agent=agent.pk, role=role)


@transaction.atomic
def deactivate(agent: Agent, *, by: Agent) -> None:
    """End an agent's access at once; what they did stays under their name. Raises LastAdmin."""
    _keep_an_admin(agent)
    if Agent.objects.filter(pk=agent.pk, is_active=True).update(is_active=False):
        emit("agent.deactivated", actor=by.actor, agent=agent.pk)


@transaction.atomic
def reactivate(agent: Agent, *, by: Agent) -> None:
    """Let an agent in again."""
    if Agent.objects.filter(pk=agent.pk, is_active=False).update(is_active=True):
        emit("agent.reactivated", actor=by.actor, agent=agent.pk)


def _keep_an_admin(agent: Agent) -> None:
    admins = Agent.objects.select_for_update().filter(role=Agent.Role.ADMIN, is_active=True)
    if {admin.pk for admin in admins} == {agent.pk}:
        raise LastAdmin
