"""`samspill flows …`"""

from pathlib import Path

import click


@click.group()
def flows() -> None:
    """Dialogues as files."""


@flows.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def check(files: tuple[Path, ...]) -> None:
    """Say every mistake in flow FILES, with its line; nothing is changed."""
    from samspill.flows.catalogue import build, check_links
    from samspill.flows.parse import read_flows
    from samspill.flows.problems import FlowProblems

    broken = False
    for file in files:
        try:
            found = read_flows(file.read_text(encoding="utf-8"), str(file))
            check_links(build(found), found, str(file))
        except FlowProblems as problems:
            broken = True
            click.echo(str(problems), err=True)
        except UnicodeDecodeError:
            broken = True
            click.echo(f"{file}: This is no text in UTF-8.", err=True)
        else:
            click.echo(f"{file}: good ({', '.join(flow.name for flow in found)})")
    if broken:
        raise SystemExit(1)
