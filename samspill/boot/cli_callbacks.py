"""`samspill callbacks`: past calls from elsewhere."""

from pathlib import Path

import click

from samspill.boot.cli_import import bring


@click.group()
def callbacks() -> None:
    """Callbacks."""


@callbacks.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be added.")
def import_(file: Path, dry_run: bool) -> None:
    """Bring in past calls from a table (CSV): number, when the customer asked, when the call was made, how it ended.

    Doing so again adds nothing twice; what was interrupted goes on where it stopped.
    """
    bring(file, "calls", None, dry_run)
