"""Learns a model from all examples, measures it on the golden set, and promotes it if no language suffers."""

import hashlib
import time
from dataclasses import dataclass, field

import numpy as np
from django.db import transaction

from samspill.intelligence.encoder import Vectors, nothing
from samspill.intelligence.intents import IntentModel
from samspill.kit.events import emit
from samspill.knowledge.vectors import encoder_name
from samspill.training import labels
from samspill.training.compare import Embed, Verdict, compare, golden_rows
from samspill.training.golden import fingerprints
from samspill.training.models import Example, Intent, LearnedModel
from samspill.training.promote import forget_old, promote
from samspill.training.vectors import fill, unpacked
from samspill.workspace.models import Agent

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


class TooLittle(ValueError):
    """Fewer than two labels: there is nothing to tell apart."""


def company_rows() -> tuple[Rows, set[str]]:
    """The sentences of accepted intents with the hashes of their texts; golden ones are never among them.

    Reads the missing vectors first; raises ModelUnavailable while the text model is away.
    """
    learned = learned_labels()
    fill(Example.objects.filter(intent__in=learned, dropped_at=None))
    rows = Example.objects.filter(intent__in=learned, dropped_at=None, encoder=encoder_name()).order_by("pk")
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


def train(
    rows: Rows, *, before: IntentModel | None, embed: Embed, made_of: str, by: Agent | None
) -> LearnedModel:
    """Learn from all rows and keep the model: live if it is not worse than `before`, else a candidate.

    Raises TooLittle, or ModelUnavailable when golden sentences cannot be read now.
    """
    if len(set(rows.labels)) < 2:
        raise TooLittle
    started = time.perf_counter()
    model = IntentModel.train(rows.texts, rows.labels, rows.languages, rows.vectors, after=before)
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
