"""A golden set in a file: JSON Lines or CSV with task, text, lang and label. Nothing is written here."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samspill.kit import languages
from samspill.training.models import Golden

LONGEST_FILE = 2_000_000
OTHER_NAMES = {
    "text": ("text", "sentence", "question"),
    "language": ("lang", "language"),
    "expected": ("label", "expected", "intent", "article", "mood"),
    "task": ("task",),
}
NONE = {"", "oos", "out_of_scope", "none", "-"}
Known = Mapping[str, Mapping[str, str]]  # task → what a file may say → what is kept


@dataclass(frozen=True)
class Row:
    """One sentence of a file with the reading it should get."""

    line: int
    task: str
    text: str
    language: str
    expected: str


@dataclass(frozen=True)
class Wrong:
    """A row that cannot be used, and why."""

    line: int
    why: str


class Unreadable(ValueError):
    """The file as a whole cannot be read; the message says why."""


def read(content: bytes, known: Known) -> Iterator[Row | Wrong]:
    """Every row of the file. Raises Unreadable."""
    for line, row in _rows(_text(content)):
        yield _checked(line, row, known) if isinstance(row, dict) else Wrong(line, row)


def _text(content: bytes) -> str:
    if len(content) > LONGEST_FILE:
        raise Unreadable(_("The file is larger than 2 MB."))
    try:
        return content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        raise Unreadable(_("The file is not UTF-8 text.")) from None


def _rows(text: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    if not text.strip():
        raise Unreadable(_("The file is empty."))
    yield from _json_lines(text) if text.lstrip().startswith("{") else _table(text)


def _json_lines(text: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        yield number, row if isinstance(row, dict) else _("This line is no JSON object.")


def _table(text: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    head = text.splitlines()[0]
    mark = max(",;\t", key=head.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=mark)
    if not {name.strip().lower() for name in rows.fieldnames or ()} & set(OTHER_NAMES["text"]):
        raise Unreadable(_("The first line must name the columns: task, text, lang, label."))
    try:
        for row in rows:
            yield rows.line_num, {(name or "").strip().lower(): value for name, value in row.items()}
    except csv.Error:
        yield rows.line_num, _("From here on the file is no table.")


def _checked(line: int, row: Mapping[str, Any], known: Known) -> Row | Wrong:
    text, language = _value(row, "text"), languages.from_django(_value(row, "language"))
    task, expected = _value(row, "task") or Golden.Task.INTENT.value, _value(row, "expected")
    if task not in known:
        return Wrong(line, _("There is no task “%(task)s”.") % {"task": task[:40]})
    if len(text) < 2:
        return Wrong(line, _("There is no sentence."))
    if language not in languages.NAMES:
        return Wrong(line, _("The language “%(code)s” is not known.") % {"code": language[:20]})
    if task in ("intent", "answer") and expected.lower() in NONE:
        expected = ""
    if expected not in known[task]:
        words = _("“%(label)s” is no reading that is known here.")
        return Wrong(line, words % {"label": expected[:60]})
    return Row(line, task, text, language, known[task][expected])


def _value(row: Mapping[str, Any], name: str) -> str:
    found = next((row[other] for other in OTHER_NAMES[name] if row.get(other) is not None), "")
    return str(found).replace("\0", "").strip()
