"""How well the live models read the golden set, and what got worse since the run before. Writes nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import numpy as np

from samspill.knowledge.answer import find_answer
from samspill.knowledge.vectors import encoder, encoder_name, pack, unpack
from samspill.training.golden import current
from samspill.training.measure import Reads, right
from samspill.training.models import Golden

INTENT, SCOPE, LANGUAGE, MOOD, ANSWER = TASKS = ("intent", "scope", "language", "mood", "answer")
OUTSIDE = "out_of_scope"
AT_ONCE = 16
NOTHING: dict[str, Any] = {"said": {}, "wrong": []}

Figures = dict[str, dict[str, Any]]
Step = Callable[[int], None]


class Hears(Protocol):
    """Reads language and mood as a message's are read."""

    def heard(self, text: str) -> tuple[str, str]:
        """The language's code and the mood's name. Raises ModelUnavailable."""
        ...


@dataclass
class Marks:
    """What was said to each sentence of one task, by language, and to which of them wrongly."""

    said: dict[str, dict[str, str]] = field(default_factory=dict)  # language → id → what
    wrong: dict[str, list[int]] = field(default_factory=dict)

    def note(self, row: Golden, said: str, *, good: bool) -> None:
        """Mark one sentence."""
        self.said.setdefault(row.language, {})[str(row.pk)] = said
        self.wrong.setdefault(row.language, []).extend([] if good else [row.pk])

    def figures(self) -> dict[str, Any]:
        """{"accuracy", "n", "lang": {code: {"accuracy", "n", "wrong": [ids], "said": {id: what}}}}."""
        parts = {code: _part(said, self.wrong[code]) for code, said in sorted(self.said.items())}
        count = sum(part["n"] for part in parts.values())
        wrong = sum(len(part["wrong"]) for part in parts.values())
        return {"accuracy": round(1 - wrong / count, 4), "n": count, "lang": parts}


def _part(said: dict[str, str], wrong: list[int]) -> dict[str, Any]:
    return {"accuracy": round(1 - len(wrong) / len(said), 4), "n": len(said), "wrong": wrong, "said": said}


def measure(model: Reads, hears: Hears, step: Step = lambda done: None) -> Figures:
    """Every task there are sentences for; `step` hears how many are done. Raises ModelUnavailable."""
    rows = list(current().order_by("pk"))
    vectors = vectors_of(rows)
    marks = {task: Marks() for task in TASKS}
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        _mark_intents([row for row in part if row.task == Golden.Task.INTENT], model, vectors, marks)
        for row in part:
            _mark_one(row, hears, vectors[row.pk], marks)
        step(start + len(part))
    return {task: found.figures() for task, found in marks.items() if found.said}


def vectors_of(rows: Iterable[Golden]) -> dict[int, Any]:
    """float32 [384] of each sentence as a query, read once by each encoder. Raises ModelUnavailable."""
    given, name = list(rows), encoder_name()
    fresh = [row for row in given if row.vector is None or row.encoder != name]
    for row, vector in zip(fresh, encoder().embed([row.text for row in fresh], "query"), strict=True):
        row.vector, row.encoder = pack(vector), name
    Golden.objects.bulk_update(fresh, ["vector", "encoder"])
    return {row.pk: unpack(row.vector) for row in given if row.vector is not None}


def _mark_intents(
    rows: Sequence[Golden], model: Reads, vectors: Mapping[int, Any], marks: Mapping[str, Marks]
) -> None:
    if not rows:
        return
    texts, codes = [row.text for row in rows], [row.language for row in rows]
    read = model.read(texts, codes, np.stack([vectors[row.pk] for row in rows]))
    for row, reading in zip(rows, read, strict=True):
        good = right(row.expected, reading)
        if row.expected:
            marks[INTENT].note(row, reading.label, good=good)
        else:
            marks[SCOPE].note(row, OUTSIDE if good else reading.label, good=good)


def _mark_one(row: Golden, hears: Hears, vector: Any, marks: Mapping[str, Marks]) -> None:
    if row.task == Golden.Task.ANSWER:
        said = str(find_answer(row.text, row.language, vector).article or "")
    elif row.task in (Golden.Task.LANGUAGE, Golden.Task.MOOD):
        language, mood = hears.heard(row.text)
        said = language if row.task == Golden.Task.LANGUAGE else mood
    else:
        return
    marks[row.task].note(row, said, good=said == row.expected)


def worse(before: Figures, now: Figures, since: datetime | None = None) -> list[dict[str, Any]]:
    """Where sentences that were read rightly are read wrongly now, counted on what both runs measured.

    A sentence whose expectation changed after `since` says nothing about the models and is left out.
    """
    changed = (
        {str(pk) for pk in current().filter(at__gt=since).values_list("pk", flat=True)} if since else set()
    )
    pairs = ((task, code) for task in TASKS for code in now.get(task, {}).get("lang", {}))
    compared = (_compared(task, code, before, now, changed) for task, code in pairs)
    return [found for found in compared if found["golden"]]


def _compared(task: str, code: str, before: Figures, now: Figures, changed: set[str]) -> dict[str, Any]:
    old, new = before.get(task, {}).get("lang", {}).get(code, NOTHING), now[task]["lang"][code]
    shared = {int(golden) for golden in (old["said"].keys() & new["said"].keys()) - changed}
    return {
        "task": task,
        "language": code,
        "before": _rate(old["wrong"], shared),
        "after": _rate(new["wrong"], shared),
        "n": len(shared),
        "golden": sorted((set(new["wrong"]) - set(old["wrong"])) & shared),
    }


def _rate(wrong: Sequence[int], shared: set[int]) -> float:
    return round(1 - len(shared & set(wrong)) / len(shared), 4) if shared else 0.0
