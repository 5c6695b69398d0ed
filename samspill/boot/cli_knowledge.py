"""`samspill knowledge`: articles from elsewhere."""

from collections import Counter
from pathlib import Path

import click


@click.group()
def knowledge() -> None:
    """Articles."""


@knowledge.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--language", default="", help="For texts that do not say their own: nb, de, zh-Hant, en …")
@click.option("--publish", "publish_them", is_flag=True, help="Publish at once instead of leaving drafts.")
def import_(path: Path, language: str, publish_them: bool) -> None:
    """Take in a folder of Markdown or HTML, or JSON Lines of {id, title, text, lang, group}.

    Doing so again changes only what has changed.
    """
    import django

    django.setup()
    from samspill.knowledge.reading import Skipped, read
    from samspill.knowledge.take_in import take_in

    outcomes: Counter[str] = Counter()
    for outcome, page in take_in(read(path, language), publish_them=publish_them):
        outcomes[outcome] += 1
        if isinstance(page, Skipped):
            click.echo(f"skipped {page.source}: {page.reason}", err=True)
        if outcomes.total() % 100 == 0:
            click.echo(f"{outcomes.total()} texts …")
    click.echo(
        ", ".join(f"{count} {name}" for name, count in outcomes.items()) or "Nothing to take in was found."
    )
