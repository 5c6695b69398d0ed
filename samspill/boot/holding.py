"""`samspill models`: the process that holds the text models."""

import time
from pathlib import Path

import click

from samspill.boot.environ import data_folder, encoder_choice, read
from samspill.intelligence.errors import ModelUnavailable


def hold() -> None:
    """Answer until told to stop; end with a line that says what to do where the model cannot be loaded."""
    from samspill.intelligence.server import serve

    socket = Path(read("MODELS_SOCKET") or data_folder() / "run" / "models.sock")
    try:
        serve(socket, _files(), encoder_choice())
    except ModelUnavailable as error:
        raise click.ClickException(str(error)) from error


def prepare() -> None:
    """Write the model files that are missing."""
    from samspill.intelligence.weights import prepare as write

    write(_files())


def check() -> None:
    """Load the chosen encoder and tell its name and pace."""
    choice, begun = encoder_choice(), time.monotonic()
    try:
        encoder = choice.open(_files())
        loaded = time.monotonic()
        vectors = encoder.embed(["Hei, hvor er pakken min?"], "query")
    except ModelUnavailable as error:
        raise click.ClickException(str(error)) from error
    paces = f"loaded in {loaded - begun:.1f} s, one sentence in {1000 * (time.monotonic() - loaded):.0f} ms"
    click.echo(f"{choice.name}: good, {vectors.shape[1]} dimensions, {paces}")


def _files() -> Path:
    return Path(read("MODELS") or data_folder() / "models")
