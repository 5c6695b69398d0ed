"""`samspill import`: people and conversations from elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from samspill.conversations.models import Inbox
    from samspill.imports.models import Import

AS = ("csv", "calls", "mbox", "zammad", "chatwoot", "zendesk")


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--as", "form", type=click.Choice(AS), help="What wrote it; left out: it is guessed.")
@click.option("--inbox", help="Key, number or name of the inbox the conversations belong to.")
@click.option("--dry-run", is_flag=True, help="Only say what would be added.")
def import_(path: Path, form: str | None, inbox: str | None, dry_run: bool) -> None:
    """Bring in people and conversations from FILE or FOLDER; doing so again adds nothing twice.

    What was interrupted goes on where it stopped.
    """
    bring(path, form, inbox, dry_run)


def bring(path: Path, form: str | None, inbox: str | None, dry_run: bool) -> None:
    """Do an import here and now, and say what came of it."""
    import django

    django.setup()
    from samspill.imports import run
    from samspill.imports.begin import CannotImport
    from samspill.imports.formats.read import guess

    form = form or guess(path)
    try:
        of = _begin(path.resolve(), form, _inbox(inbox), dry_run)
    except CannotImport as error:
        raise click.ClickException(_WORDS.get(str(error), str(error))) from error
    click.echo(f"Reading {path} as {form} …")
    try:
        run.run(of.pk, _told)
    except KeyboardInterrupt:
        from samspill.imports.begin import stop

        stop(of, by=None)
        click.echo("\nStopped. The same command goes on from here.")
        return
    _report(of)


_TOLD = {
    "": "{would} {contacts} people, {conversations} conversations, {messages} messages;"
    " {known} known, {skipped} skipped",
    "calls": "{would} {callbacks} callbacks with {calls} calls, {contacts} people; {known} known, {skipped} skipped",
}
_WORDS = {
    "unknown_form": "What wrote this file cannot be told. Say so with --as.",
    "no_inbox": "Say with --inbox which inbox the conversations belong to.",
}


def _inbox(named: str | None) -> "Inbox | None":
    from django.db.models import Q

    from samspill.conversations.models import Inbox

    if not named:
        return None
    wanted = Q(key=named) | Q(name__iexact=named) | (Q(pk=int(named)) if named.isdigit() else Q())
    found = Inbox.objects.filter(wanted).first()
    if found is None:
        raise click.ClickException(f"There is no inbox “{named}”.")
    return found


def _begin(path: Path, form: str, inbox: "Inbox | None", dry: bool) -> "Import":
    """The one that was interrupted, or a new one; it is done here, not by a worker."""
    from samspill.imports.begin import add
    from samspill.imports.models import Import

    state = Import.State
    same = Import.objects.filter(path=str(path), form=form, inbox=inbox, dry=dry)
    unfinished = same.filter(state__in=(state.RUNNING, state.STOPPED, state.STORED)).order_by("-pk").first()
    if unfinished is None:
        return add(path.name, str(path), form, inbox, None, dry=dry)
    Import.objects.filter(pk=unfinished.pk, state=state.STOPPED).update(state=state.STORED)
    return unfinished


def _told(of: "Import") -> None:
    click.echo(f"\r{of.position} of {of.whole} rows ", nl=False)


def _report(of: "Import") -> None:
    of.refresh_from_db()
    click.echo()
    if of.state == of.State.FAILED:
        raise click.ClickException(f"This cannot be read: {of.error}")
    would = "would add" if of.dry else "added"
    names = ("contacts", "conversations", "messages", "callbacks", "calls", "known", "skipped")
    counts = dict.fromkeys(names, 0) | of.counts
    click.echo(_TOLD.get(of.form, _TOLD[""]).format(would=would, **counts))
    for row in of.skipped.order_by("pk")[:20]:
        click.echo(f"  {row.place}: {row.reason}", err=True)
