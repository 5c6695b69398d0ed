"""The command `samspill`."""

import os

import click

from samspill.boot.cli_agents import agent
from samspill.boot.cli_api import api
from samspill.boot.cli_callbacks import callbacks
from samspill.boot.cli_eval import evaluate
from samspill.boot.cli_flows import flows
from samspill.boot.cli_import import import_
from samspill.boot.cli_knowledge import knowledge
from samspill.boot.cli_mail import mail
from samspill.boot.commands import Commands
from samspill.boot.orphans import die_with_supervisor


@click.group(cls=Commands)
def main() -> None:
    """Customer service in one record. Begin with: samspill up"""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.boot.settings")
    # several processes share the cores: threads that wait for each other by spinning make learning many times slower
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


main.add_command(agent)
main.add_command(api)
main.add_command(callbacks)
main.add_command(flows)
main.add_command(import_)
main.add_command(knowledge)
main.add_command(mail)
main.add_command(evaluate)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, help="Which port to listen on.")
@click.option("--database-url", envvar="SAMSPILL_DATABASE_URL", default="", help="Any PostgreSQL from 15 on.")
@click.option("--sample", is_flag=True, help="Load the sample company where it is not loaded yet.")
def up(host: str, port: int, database_url: str, sample: bool) -> None:
    """Run everything on this machine until Ctrl-C."""
    from samspill.boot import supervisor

    supervisor.up(host, port, database_url, sample=sample)


@main.command()
@click.option("--sample", is_flag=True, help="Load the sample company where it is not loaded yet.")
def prepare(sample: bool) -> None:
    """Bring the database up to date."""
    _setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from samspill.knowledge.switch import notice_encoder

    if notice_encoder():
        click.echo("Another text encoder was set: every article is read anew in the background.")
    if sample:
        from samspill.sample.load import load_once

        load_once(click.echo)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, help="Which port to listen on.")
def web(host: str, port: int) -> None:
    """Serve pages and live updates."""
    die_with_supervisor()
    import uvicorn

    uvicorn.run(
        "samspill.boot.server:application",
        host=host,
        port=port,
        log_config=None,  # its own would go around the filter that keeps personal data out
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
        timeout_keep_alive=30,
    )


@main.command()
def worker() -> None:
    """Do durable work."""
    die_with_supervisor()
    _setup()
    from samspill.boot import worker as work

    work.run()


@main.command()
def mailboxes() -> None:
    """Read every mailbox that is set up, bring its mails in and answer them."""
    die_with_supervisor()
    _setup()
    from samspill.boot import worker as work

    work.run_mailboxes()


@main.command()
@click.option("--prepare", is_flag=True, help="Write the model files and stop.")
@click.option("--check", is_flag=True, help="Load what was set, read one sentence, say how it went and stop.")
def models(prepare: bool, check: bool) -> None:
    """Hold the text models; every other process asks this one."""
    from samspill.boot import holding

    die_with_supervisor()
    if prepare:
        holding.prepare()
    elif check:
        holding.check()
    else:
        holding.hold()


@main.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's own management commands."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["samspill manage", *arguments])


@main.group()
def sample() -> None:
    """The sample company Nordlys Solar."""


@sample.command("load")
def sample_load() -> None:
    """Load it; doing so again changes nothing."""
    _setup()
    from samspill.sample.load import load

    load(click.echo)


@sample.command("clear")
def sample_clear() -> None:
    """Remove it and everything that happened in it."""
    _setup()
    from samspill.sample.clear import clear

    clear(click.echo)


def _setup() -> None:
    import django

    django.setup()
