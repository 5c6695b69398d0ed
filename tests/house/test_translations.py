"""All four languages are complete."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import samspill

PACKAGE = Path(samspill.__file__).parent
LANGUAGES = ["nb", "de", "zh_Hant"]
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")


@pytest.fixture(scope="session")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every sentence that stands in code or template, read anew by gettext."""
    if not shutil.which("xgettext"):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("needs xgettext: apt-get install gettext")
    copy = tmp_path_factory.mktemp("messages") / "samspill"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "*.po", "articles"))
    (copy / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "-l", "nb", "--no-obsolete", "-v0"]
    subprocess.run(command, cwd=copy, check=True, env={**os.environ, "DJANGO_SETTINGS_MODULE": ""})
    with (copy / "locale/nb/LC_MESSAGES/django.po").open("rb") as file:
        return {_key(message) for message in read_po(file) if message.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing(wanted: set[str], language: str) -> None:
    there = {_key(m) for m in _catalogue(language) if m.id and not m.fuzzy and _filled(m)}
    assert sorted(wanted - there) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_survives(language: str) -> None:
    for message in _catalogue(language):
        if not message.id or not _filled(message):
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        for text in texts:
            allowed = [sorted(PLACE.findall(one)) for one in ids]
            assert sorted(PLACE.findall(text)) in allowed, message.id


def _catalogue(language: str):  # type: ignore[no-untyped-def]
    with (PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def _key(message) -> str:  # type: ignore[no-untyped-def]
    identifier = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context or ''}\x04{identifier}"


def _filled(message) -> bool:  # type: ignore[no-untyped-def]
    return bool(message.string if isinstance(message.string, str) else all(message.string))
