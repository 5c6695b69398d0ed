"""A new model beside the one in use, on the golden set: figures by language, and where it is worse."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.intents import Reading
from samspill.training import labels
from samspill.training.golden import current
from samspill.training.measure import NOTHING, STRANGE, Known, Reads, accuracy_by_language
from samspill.training.models import Golden, Intent

Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True)
class Verdict:
    """What the golden set says about a new model: its figures by language, and where it is worse."""

    figures: dict[str, dict[str, Any]]
    worse: list[dict[str, Any]]


def golden_rows(known: set[str], embed: Embed) -> list[Known]:
    """Golden sentences whose label still exists, or that should get none, with their vectors."""
    intents = list(Intent.objects.all())
    aliases = {one.name: labels.root(one, intents).name for one in intents}
    found = current().filter(task=Golden.Task.INTENT).order_by("pk")
    rows = [(row, aliases.get(row.expected, row.expected)) for row in found]
    kept = [(row, label) for row, label in rows if label in known or label in (NOTHING, STRANGE)]
    if not kept:
        return []
    vectors = embed([row.text for row, _ in kept])
    return [
        Known(row.pk, row.text, row.language, label, vector)
        for (row, label), vector in zip(kept, vectors, strict=True)
    ]


def compare(model: Reads, before: Reads | None, golden: Sequence[Known]) -> Verdict:
    """Worse is a language in which fewer golden sentences are right than before, be it a single one."""
    now = accuracy_by_language(model, golden)
    then = accuracy_by_language(Renamed(before), golden) if before else {}
    worse = [
        {
            "language": code,
            "before": then[code]["accuracy"],
            "after": figures["accuracy"],
            "golden": [pk for pk in figures["wrong"] if pk not in then[code]["wrong"]][:20],
        }
        for code, figures in now.items()
        if code in then and figures["accuracy"] < then[code]["accuracy"]
    ]
    return Verdict(now, worse)


class Renamed:
    """A model trained before a merge: what it calls by the old name counts as the new one."""

    def __init__(self, model: Reads) -> None:
        self._model = model
        known = list(Intent.objects.all())
        self._names = {one.name: labels.root(one, known).name for one in known if one.merged_into_id}

    def read(self, texts: Sequence[str], languages: Sequence[str], vectors: Vectors) -> list[Reading]:
        """One reading a text."""
        found = self._model.read(texts, languages, vectors)
        return [
            replace(one, ranked=[(self._names.get(name, name), p) for name, p in one.ranked]) for one in found
        ]
