"""An inbox for what comes from elsewhere, and a way to bring a file in."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samspill.conversations.configure import add_inbox
from samspill.conversations.models import Inbox
from samspill.imports.begin import add
from samspill.imports.models import Import
from samspill.imports.run import run
from tests.world import World

Bring = Callable[..., Import]


@pytest.fixture
def mailbox(world: World) -> Inbox:
    inbox = add_inbox("email", "Support", by=world.astrid.actor)
    inbox.settings |= {"mail": {"address": "support@nordlys.example"}}
    inbox.save()
    return inbox


@pytest.fixture
def bring(world: World, mailbox: Inbox) -> Bring:
    """Bring a file in and return the import."""

    def do(path: Path, form: str, *, dry: bool = False, **facts: Any) -> Import:
        of = add(path.name, str(path), form, mailbox, world.astrid, dry=dry)
        Import.objects.filter(pk=of.pk).update(**facts)
        run(of.pk)
        of.refresh_from_db()
        return of

    return do


@pytest.fixture
def zipped(tmp_path: Path) -> Callable[..., Path]:
    """A zip of JSON files by name."""

    def do(**files: object) -> Path:
        path = tmp_path / "export.zip"
        with zipfile.ZipFile(path, "w") as box:
            for name, content in files.items():
                box.writestr(f"{name}.json", json.dumps(content))
        return path

    return do
