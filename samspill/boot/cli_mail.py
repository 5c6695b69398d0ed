"""`samspill mail`: what the product reads in a mail, without a mail server and without storing anything."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click


@click.group()
def mail() -> None:
    """Mails."""


@mail.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_lines", is_flag=True, help="One JSON object per mail and line.")
@click.option("--own-address", "own", multiple=True, help="An address of ours: what it sent is a loop.")
def read(paths: tuple[Path, ...], *, as_lines: bool, own: tuple[str, ...]) -> None:
    """Read mails from files, folders (Maildir) and mailbox files (mbox), and say what was understood.

    Never fails: what cannot be read is said in "problems" of that mail.
    """
    for path in paths:
        for line in _accounts(path, own, as_lines=as_lines):
            click.echo(line.encode())  # UTF-8 whatever the terminal believes in


def _accounts(path: Path, own: tuple[str, ...], *, as_lines: bool) -> Iterator[str]:
    from samspill.mail.mailboxes import mails_in

    try:
        for file, raw in mails_in(path):
            yield _account(file, raw, own, as_lines=as_lines)
    except OSError as error:
        click.echo(f"{path}: {error.strerror}", err=True)
        yield _account(
            str(path), b"", own, as_lines=as_lines, problem=error.strerror or "It cannot be opened."
        )


def _account(file: str, raw: bytes, own: tuple[str, ...], *, as_lines: bool, problem: str = "") -> str:
    from samspill.mail.account import as_json, as_words
    from samspill.mail.kind import kind_of
    from samspill.mail.read import read as read_one

    read = read_one(raw)
    read = replace(
        read, kind=kind_of(read, own), problems=(problem, *read.problems) if problem else read.problems
    )
    if as_lines:
        return json.dumps(as_json(read, file), ensure_ascii=False)
    return as_words(read, file)
