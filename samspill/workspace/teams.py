from django.db import transaction

from samspill.kit.events import emit
from samspill.workspace.models import Agent, Team


@transaction.atomic
def add_team(name: str, *, by: Agent) -> Team:
    """Make a group of agents."""
    team = Team.objects.create(name=name)
    emit("team.added", actor=by.actor, team=team.pk)
    return team


@transaction.atomic
def rename_team(team: Team, name: str, *, by: Agent) -> None:
    """Call a group something else."""
    Team.objects.filter(pk=team.pk).update(name=name)
    emit("team.renamed", actor=by.actor, team=team.pk)


@transaction.atomic
def remove_team(team: Team, *, by: Agent) -> None:
    """Dissolve a group; its agents stay, its conversations belong to no group."""
    emit("team.removed", actor=by.actor, team=team.pk)
    team.delete()
