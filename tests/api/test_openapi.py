"""The schema is a promise to programs elsewhere: it changes on purpose or not at all."""

import json
from pathlib import Path

import samspill
from samspill.boot.cli_api import schema_text

KEPT = Path(samspill.__file__).parent.parent / "docs" / "openapi.json"


def test_the_schema_is_the_one_that_is_documented() -> None:
    """After a change on purpose: samspill api schema --out docs/openapi.json"""
    assert schema_text() == KEPT.read_text(encoding="utf-8")


def test_every_operation_says_what_it_does() -> None:
    for path, methods in json.loads(schema_text())["paths"].items():
        for method, operation in methods.items():
            assert operation.get("description"), (method, path)
