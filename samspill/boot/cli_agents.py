"""`samspill agent …`"""

import click

ROLES = ("admin", "lead", "agent")


@click.group()
def agent() -> None:
    """The people who answer."""


@agent.command()
@click.argument("email")
@click.option("--name", default="", help="As customers see it; the first part of the address if left out.")
@click.option("--role", type=click.Choice(ROLES), default="agent", show_default=True)
@click.option("--password", envvar="SAMSPILL_AGENT_PASSWORD", help="Asked for if left out.")
def create(email: str, name: str, role: str, password: str | None) -> None:
    """Add an agent who can sign in with EMAIL. Also the way back in when every admin has left."""
    import django

    django.setup()
    from django.core.exceptions import ValidationError

    given = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        made = _add(email, name or email.partition("@")[0], role, given)
    except ValidationError as problem:
        raise click.ClickException(" ".join(problem.messages)) from None
    click.echo(f"{made.name} ({made.role}) can sign in with {made.email}.")


def _add(email: str, name: str, role: str, password: str):  # type: ignore[no-untyped-def]
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from samspill.workspace.add_agent import add_agent
    from samspill.workspace.models import Agent

    validate_email(email)
    validate_password(password, Agent(email=email, name=name))
    if Agent.objects.filter(email=email.strip().lower()).exists():
        raise ValidationError(f"There is an agent with the address {email} already.")
    return add_agent(email.strip(), name=name, role=role, password=password, by="system")
