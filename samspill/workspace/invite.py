from collections.abc import Sequence

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction

from samspill.kit.events import emit
from samspill.workspace.models import Agent, Team


@transaction.atomic
def invite(name: str, email: str, role: str, teams: Sequence[Team], *, by: Agent) -> Agent:
    """Add an agent without a password; the link made by `key_of` lets them choose one."""
    agent = Agent.objects.create_user(
        email, None, name=name, role=role, language=by.language, time_zone=by.time_zone
    )
    agent.teams.set(teams)
    emit("agent.invited", actor=by.actor, agent=agent.pk, role=role)
    return agent


def key_of(agent: Agent) -> str:
    """A key that opens the choose-a-password page once, for three days."""
    return default_token_generator.make_token(agent)


def invited(pk: int, key: str) -> Agent | None:
    """The active agent a key was made for, while it is good."""
    agent = Agent.objects.filter(pk=pk, is_active=True).first()
    return agent if agent and default_token_generator.check_token(agent, key) else None


@transaction.atomic
def choose_password(agent: Agent, password: str) -> None:
    """Set the password; every session elsewhere and every open key ends with it."""
    agent.set_password(password)
    agent.save(update_fields=["password"])
    emit("agent.password_chosen", actor=agent.actor, agent=agent.pk)
