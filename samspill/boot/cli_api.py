"""`samspill api …`"""

import json
from pathlib import Path

import click


@click.group()
def api() -> None:
    """The REST interface."""


@api.command()
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of the terminal."
)
def schema(out: Path | None) -> None:
    """Write the OpenAPI schema."""
    import django

    django.setup()
    text = schema_text()
    if out:
        out.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)


def schema_text() -> str:
    """The schema as docs/openapi.json keeps it: same facts, same text."""
    from django.core.serializers.json import DjangoJSONEncoder

    from samspill.api.api import api as interface

    found = interface.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder) + "\n"
