"""Finds intents in imported sentences: what means the same is proposed as one, what is known is suggested."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.intents import Reading
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.knowledge.vectors import encoder_name
from samspill.training import labels
from samspill.training.clusters import groups
from samspill.training.intents import propose
from samspill.training.measure import Reads
from samspill.training.models import Example, History
from samspill.training.naming import name
from samspill.training.vectors import fill, unpacked
from samspill.workspace.current import workspace

MOST = 40_000
AGREED = 0.6  # of a group read as one known intent: then it is that one


@dataclass(frozen=True)
class Waiting:
    """Sentences without an intent, with their vectors float32 [n, 384]."""

    ids: list[int]
    texts: list[str]
    languages: list[str]
    vectors: Vectors

    def of(self, places: list[int]) -> "Waiting":
        """Only those at these places."""
        chosen = [[kept[place] for place in places] for kept in (self.ids, self.texts, self.languages)]
        return Waiting(*chosen, self.vectors[places])  # type: ignore[arg-type]


def group(history_id: int, model: Reads | None) -> int:
    """Propose intents for all sentences that wait for one; returns how many. Doing it again adds none.

    Raises ModelUnavailable while the text model is away.
    """
    history = History.objects.filter(pk=history_id, state=History.State.GROUPING).first()
    if history is None:
        return 0
    fill(_waiting())
    waiting = _taken()
    known = _readings(model, waiting)
    proposed = 0
    if waiting.ids:
        found = groups(waiting.vectors, waiting.languages)
        for number in range(found.max() + 1):
            places = np.flatnonzero(found == number).tolist()
            proposed += _one(waiting.of(places), [known[place] for place in places], history)
        _suggest(waiting, [known[place] if found[place] < 0 else "" for place in range(len(found))])
    _done(history, proposed)
    return proposed


def _waiting():  # type: ignore[no-untyped-def]
    return Example.objects.filter(intent=None, dropped_at=None, suggested="")


def _taken() -> Waiting:
    rows = list(
        _waiting()
        .filter(encoder=encoder_name())
        .order_by("-pk")[:MOST]
        .values_list("pk", "text", "language", "vector")
    )
    ids, texts, spoken, stored = zip(*rows, strict=True) if rows else ([], [], [], [])
    return Waiting(list(ids), list(texts), list(spoken), unpacked(stored))


def _readings(model: Reads | None, waiting: Waiting) -> list[str]:
    """The label each sentence surely has already, or ""."""
    if model is None or not waiting.ids:
        return [""] * len(waiting.ids)
    needs = labels.needs()
    found = model.read(waiting.texts, waiting.languages, waiting.vectors)
    return [_sure(reading) if _sure(reading) in needs else "" for reading in found]


def _sure(reading: Reading) -> str:
    return reading.label if reading.zone == "act" else ""


def _one(together: Waiting, known: list[str], history: History) -> bool:
    """A group is suggested to an intent that fits most of it, else proposed as a new one."""
    label, agreed = Counter(known).most_common(1)[0]
    if label and agreed >= AGREED * len(known):
        _suggest(together, [label] * len(known))
        return False
    title = name(together.texts, together.languages, together.vectors, workspace().language)
    return propose(title, together.ids, history.pk) is not None


def _suggest(waiting: Waiting, wanted: list[str]) -> None:
    for label in set(wanted) - {""}:
        ids = [pk for pk, one in zip(waiting.ids, wanted, strict=True) if one == label]
        Example.objects.filter(pk__in=ids, intent=None).update(suggested=label)


@transaction.atomic
def _done(history: History, proposed: int) -> None:
    done = {"state": History.State.DONE, "finished_at": clock.now()}
    if History.objects.filter(pk=history.pk, state=History.State.GROUPING).update(**done):
        emit("history.grouped", actor="system", history=history.pk, proposed=proposed)
