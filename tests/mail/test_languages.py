"""The tables of words: one file per language, all of one form."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from samspill.mail.words import FOLDER, words

KEYS = set(
    "wrote quoting lead ours header original forwarded above devices apps closings disclaimers footers reply forward".split()
)
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_entry_is_a_text(path: Path) -> None:
    table: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    assert set(table) <= KEYS
    assert set(table["header"]) <= {"from", "sent", "to", "cc", "subject", "more"}
    entries = [entry for key, values in table.items() if key != "header" for entry in values]
    entries += [entry for values in table["header"].values() for entry in values]
    assert all(
        isinstance(entry, str) and entry == entry.lower() for entry in entries if entry not in _spelled(table)
    )
    assert all("{}" in entry for entry in [*table.get("devices", []), *table.get("apps", [])])


def _spelled(table: dict[str, Any]) -> list[str]:
    """Words that show a person are compared as written."""
    return table.get("ours", [])


def test_the_languages_asked_for_are_all_there() -> None:
    have = {path.stem for path in FILES}
    assert have >= set("nb nn da sv fi de nl en fr es it pt pl zh_Hant zh_Hans ja ko".split())
    assert words().headers["betreff"] == words().headers["主旨"] == "subject"
