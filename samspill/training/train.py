"""Learns a model from all examples, measures it on the golden set, and promotes it if no language suffers."""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import transaction

from samspill.intelligence.encoder import Vectors, nothing
from samspill.intelligence.intents import IntentModel, Reading
from samspill.kit.events import emit
from samspill.knowledge.vectors import encoder_name
from samspill.training import labels
from samspill.training.golden import current, fingerprints
from samspill.training.measure import NOTHING, STRANGE, Known, Reads, accuracy_by_language
from samspill.training.models import Example, Golden, Intent, LearnedModel
from samspill.training.promote import forget_old, promote
from samspill.training.vectors import fill, unpacked
from samspill.workspace.models import Agent

Embed = Callable[[Sequence[str]], Vectors]
State = LearnedModel.State


@dataclass(frozen=True)
class Rows:
    """n sentences with label, language and query vector, float32 [n, 384]."""

    texts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    vectors: Vectors = field(default_factory=nothing)

    def __add__(self, more: "Rows") -> "Rows":
        return Rows(
            self.texts + more.texts,
            self.labels + more.labels,
            self.languages + more.languages,
            np.concatenate([self.vectors, more.vectors]),
        )

    def without(self, hashes: set[str], fingerprints: Sequence[str]) -> "Rows":
        """Only those whose fingerprint is not among `hashes`."""
        kept = [place for place, one in enumerate(fingerprints) if one not in hashes]
        columns = [[column[place] for place in kept] for column in (self.texts, self.labels, self.languages)]
        return Rows(*columns, self.vectors[kept])


class TooLittle(ValueError):
    """Fewer than two labels: there is nothing to tell apart."""


def company_rows() -> tuple[Rows, set[str]]:
    """The sentences of accepted intents with the hashes of their texts; golden ones are never among them.

    Reads the missing vectors first; raises ModelUnavailable while the text model is away.
    """
    learned = learned_labels()
    fill(Example.objects.filter(intent__in=learned, dropped_at=None))
    rows = Example.objects.filter(intent__in=learned, dropped_at=None).exclude(vector=None).order_by("pk")
    golden = fingerprints()
    found = rows.values_list("text", "intent_id", "language", "vector", "text_hash")
    kept = [row for row in found.iterator(chunk_size=5_000) if row[4] not in golden]
    texts, names, spoken, stored, hashes = zip(*kept, strict=True) if kept else ([], [], [], [], [])
    own = [learned[intent] for intent in names]
    return Rows(list(texts), own, list(spoken), unpacked(stored)), golden | set(hashes)


def learned_labels() -> dict[int, str]:
    """For each intent that is learned, by id, its label; that of a merged one is where it went."""
    known = list(Intent.objects.all())
    roots = {intent.pk: labels.root(intent, known) for intent in known}
    return {pk: root.name for pk, root in roots.items() if root.state == Intent.State.ACCEPTED}


def train(rows: Rows, *, before: Reads | None, embed: Embed, made_of: str, by: Agent | None) -> LearnedModel:
    """Learn from all rows and keep the model: live if it is not worse than `before`, else a candidate.

    Raises TooLittle, or ModelUnavailable when golden sentences cannot be read now.
    """
    if len(set(rows.labels)) < 2:
        raise TooLittle
    started = time.perf_counter()
    model = IntentModel.train(rows.texts, rows.labels, rows.languages, rows.vectors)
    seconds = round(time.perf_counter() - started, 3)
    verdict = compare(model, before, golden_rows(set(model.labels), embed))
    data = model.to_bytes()
    kept = LearnedModel(
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        encoder=encoder_name(),
        examples=len(rows.texts),
        labels=len(model.labels),
        figures={"lang": verdict.figures},
        worse=verdict.worse,
        made_of=made_of,
        seconds=seconds,
        by=by,
    )
    return _settle(kept, verdict)


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
            Reading([(self._names.get(label, label), p) for label, p in one.ranked], one.known)
            for one in found
        ]


@transaction.atomic
def _settle(kept: LearnedModel, verdict: Verdict) -> LearnedModel:
    pinned = LearnedModel.objects.filter(state=State.LIVE, pinned=True).exists()
    kept.reason = _reason(verdict, pinned=pinned and kept.by is None)
    kept.save()
    facts = {"model": kept.pk, "examples": kept.examples, "labels": kept.labels, "seconds": kept.seconds}
    actor = kept.by.actor if kept.by else "system"
    emit("model.trained", actor=actor, **facts)
    if kept.reason in ("worse", "pinned"):
        emit("model.held_back", actor=actor, model=kept.pk, reason=kept.reason)
    else:
        promote(kept, None)
    forget_old()
    kept.refresh_from_db()
    return kept


def _reason(verdict: Verdict, *, pinned: bool) -> str:
    if verdict.worse:
        return "worse"
    if pinned:
        return "pinned"
    return "not_worse" if verdict.figures else "no_golden"
