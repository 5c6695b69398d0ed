"""How well entities and personal data are found, on sentences in which people have marked them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from samspill.intelligence import pii
from samspill.intelligence.entities.context import Context
from samspill.intelligence.entities.entity import Entity
from samspill.intelligence.entities.find import find
from samspill.intelligence.marks import KIND, Mark, joined, marks_of
from samspill.intelligence.packs import Row, read_rows

Finder = Callable[[Row], Sequence[Entity]]


@dataclass
class Count:
    """Right, found for nothing, and missed; `overlap` counts those right in kind with other borders, `values` the
    right ones whose meaning was told and is right."""

    right: int = 0
    extra: int = 0
    missed: int = 0
    overlap: int = 0
    told: int = 0
    values: int = 0

    def figures(self) -> dict[str, float | int]:
        """Precision, recall and F1 with exact borders, F1 with overlapping ones, accuracy of meanings, n marked."""
        found, marked = self.right + self.extra, self.right + self.missed
        figures: dict[str, float | int] = {
            "precision": _share(self.right, found),
            "recall": _share(self.right, marked),
            "f1": _share(2 * self.right, found + marked),
            "overlap_f1": _share(2 * (self.right + self.overlap), found + marked),
            "n": marked,
        }
        return figures | ({"value_accuracy": _share(self.values, self.told)} if self.told else {})


@dataclass
class Counts:
    """Counts over everything, by kind and by language."""

    whole: Count = field(default_factory=Count)
    kinds: dict[str, Count] = field(default_factory=dict)
    languages: dict[str, Count] = field(default_factory=dict)
    rows: int = 0

    def of(self, kind: str, language: str) -> Iterator[Count]:
        """The counts that a piece of this kind in this language belongs to."""
        yield self.whole
        yield self.kinds.setdefault(kind, Count())
        yield self.languages.setdefault(language, Count())


def evaluate(task: str, file: Path, *, now: str = "", country: str = "NO") -> dict[str, Any]:
    """Figures for `entities` or `pii` on a file of JSON Lines; `now` is what relative times were counted from.

    A row has `text`, `lang` and `entities`, `labels` or `slots`: pieces with `kind`, `label` or `slot`, `start`,
    `end` and perhaps `value`; or {kind: text}. `requested` names kinds that were just asked for.
    """
    rows = read_rows(file)
    finder = _finder_of_pii(country) if task == "pii" else _finder_of_entities(now, country)
    return measure(rows, finder)


def measure(rows: Sequence[Row], finder: Finder) -> dict[str, Any]:
    """The same on rows at hand, with any finder; kinds that nobody marked in the file are not counted."""
    marked = [marks_of(row) for row in rows]
    kinds = {mark.kind for marks in marked for mark in marks}
    counts = Counts(rows=len(rows))
    for row, marks in zip(rows, marked, strict=True):
        found = [mark for one in finder(row) for mark in _as_marked(one, kinds) if mark.kind in kinds]
        _compare(
            joined(marks, str(row["text"])),
            joined(found, str(row["text"])),
            str(row.get("lang", "")),
            counts,
        )
    return {
        **counts.whole.figures(),
        "rows": counts.rows,
        "kind": {kind: count.figures() for kind, count in sorted(counts.kinds.items())},
        "lang": {code: count.figures() for code, count in sorted(counts.languages.items())},
    }


def _as_marked(one: Entity, kinds: set[str]) -> Iterator[Mark]:
    """A range is marked as its kind; where only days and hours are marked, a moment counts as both."""
    kind = one.kind if one.kind in kinds else one.kind.removesuffix("_range")
    if kind == "datetime" and kind not in kinds:
        for part in one.parts:
            yield from _as_marked(part, kinds)
    elif kind.startswith("national_id") and kind not in kinds:
        yield Mark("national_id", one.start, one.end, one.value)
    else:
        yield Mark(kind, one.start, one.end, one.value)


def _compare(marked: list[Mark], found: list[Mark], language: str, counts: Counts) -> None:
    open_ones = Counter((mark.kind, mark.start, mark.end) for mark in marked)
    values = {(mark.kind, mark.start, mark.end): mark.value for mark in marked}
    extra = []
    for mark in found:
        key = (mark.kind, mark.start, mark.end)
        if open_ones[key]:
            open_ones[key] -= 1
            _right(mark, values[key], language, counts)
        else:
            extra.append(mark)
    missed = [Mark(*key) for key, number in open_ones.items() for _ in range(number)]
    _wrong(missed, extra, language, counts)


def _right(mark: Mark, meant: str, language: str, counts: Counts) -> None:
    for count in counts.of(mark.kind, language):
        count.right += 1
        count.told += bool(meant)
        count.values += bool(meant) and _same(mark.value, meant)


def _wrong(missed: list[Mark], extra: list[Mark], language: str, counts: Counts) -> None:
    left = list(extra)
    for mark in missed:
        near = next(
            (e for e in left if e.kind == mark.kind and e.start < mark.end and mark.start < e.end), None
        )
        if near:
            left.remove(near)
        for count in counts.of(mark.kind, language):
            count.missed += 1
            count.overlap += near is not None
    for mark in extra:
        for count in counts.of(mark.kind, language):
            count.extra += 1


def _same(found: str, meant: str) -> bool:
    """Times are compared as far as the marked one says."""
    plain = (found.replace(" ", "").casefold(), meant.replace(" ", "").casefold())
    return plain[0] == plain[1] or (len(meant) >= 5 and plain[0].startswith(plain[1].removesuffix(":00")))


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0


def _finder_of_entities(now: str, country: str) -> Finder:
    def finder(row: Row) -> Sequence[Entity]:
        moment = datetime.fromisoformat(str(row.get("now") or now or "2026-01-01T12:00:00"))
        asked = frozenset(KIND.get(kind, kind) for kind in row.get("requested") or ())
        there = str(row.get("country") or country)
        context = Context(str(row.get("lang", "")), there, moment, expects=asked)
        return find(str(row["text"]), context)

    return finder


def _finder_of_pii(country: str) -> Finder:
    regions = tuple(dict.fromkeys((country, *pii.REGIONS)))
    return lambda row: pii.find(str(row["text"]), regions, known=row.get("known") or ())
