"""Mails as programs write them in many languages, every line labelled: n new, q quoted, s signature."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from samspill.mail.quotes import split

FOLDER = Path(__file__).parent / "replies"


def _cases() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for path in sorted(FOLDER.glob("*.txt")):
        name, rows = "", []
        for line in [*path.read_text("utf-8").splitlines(), "# "]:
            if line.startswith("# "):
                if rows:
                    yield f"{path.stem}: {name}", rows
                name, rows = line[2:], []
            else:
                rows.append((line[:1], line[2:]))


def _only(label: str, rows: list[tuple[str, str]]) -> list[str]:
    return [line for part, line in rows if part == label and line.strip()]


def _filled(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize(("name", "rows"), [pytest.param(*case, id=case[0]) for case in _cases()])
def test_every_line_is_told_apart(name: str, rows: list[tuple[str, str]]) -> None:
    parts = split("\n".join(line for _, line in rows))
    assert _filled(parts.new_text) == _only("n", rows)
    assert _filled(parts.quoted) == _only("q", rows)
    assert _filled(parts.signature) == _only("s", rows)


def test_every_language_has_a_dozen_mails() -> None:
    counts: dict[str, int] = {}
    for name, _ in _cases():
        language = name.partition(":")[0]
        counts[language] = counts.get(language, 0) + 1
    languages = "nb nn da sv fi de nl en fr es it pt pl zh_Hant zh_Hans ja ko".split()
    assert all(counts[language] >= 12 for language in languages), counts
