"""What this process knows to decide with: the flows and the intents it learned, kept up to date."""

import threading
import time
from dataclasses import dataclass

from samspill.assistant import company
from samspill.assistant.brains.examples import made_of, training_set
from samspill.assistant.brains.intents import Intents
from samspill.assistant.brains.keywords import Keywords
from samspill.assistant.cache import vector_cache
from samspill.flows.catalogue import Catalogue, build
from samspill.intelligence.entities.numbers import OrderNumbers
from samspill.kit.events import emit
from samspill.knowledge import revision
from samspill.knowledge.models import Translation
from samspill.training.load import live_id
from samspill.workspace.current import workspace

LOOK_S = 15.0


@dataclass(frozen=True)
class Mind:
    """Flows and intents as of one state of the workspace, its articles and its learned model."""

    catalogue: Catalogue
    intents: Intents
    made_of: tuple[object, ...]
    live: int | None  # the learned model that was live then


_current: Mind | None = None
_looked_at = 0.0
_learning = threading.Lock()


def mind() -> Mind:
    """The current mind. Another live model counts at once; what else changed is learned behind the scenes."""
    global _looked_at
    if _current is None:
        with _learning:
            return _current or _learn()
    if _current.live != live_id() and _learning.acquire(blocking=False):
        try:
            return _learn()
        finally:
            _learning.release()
    if time.monotonic() - _looked_at > LOOK_S and _learning.acquire(blocking=False):
        _looked_at = time.monotonic()
        threading.Thread(target=_look, daemon=True).start()
    return _current


def _look() -> None:
    from django.db import connection

    try:
        assert _current is not None
        facts = _facts()
        if _current.live and facts[:2] != _current.made_of[:2]:
            emit("training.outdated", actor="assistant")
        if _current.made_of != facts or _current.intents.model is None:
            _learn()
    finally:
        connection.close()
        _learning.release()


def _learn() -> Mind:
    global _current
    facts, live = _facts(), live_id()
    catalogue = build(numbers=OrderNumbers(str(facts[0])))
    _current = Mind(catalogue, _intents(catalogue), facts, live)
    return _current


def _intents(catalogue: Catalogue) -> Intents:
    """With the learned model, or one of what ships where there is none.

    None has an encoder: a turn brings its vector, and one without must not wait for a text model that is away.
    """
    shipped, leads = training_set(catalogue, titles()), company.leads()
    keywords = Keywords([*shipped, *company.sentences()])
    learned = company.learned_model(made_of(catalogue))
    if learned is None:
        learned = Intents.train(shipped, vector_cache()).model
    return Intents(keywords, learned, leads=leads)


def titles() -> list[tuple[str, str]]:
    """(language, title) of every published article: what customers ask about."""
    shown = Translation.objects.filter(published__isnull=False).order_by("pk")
    return list(shown.values_list("language", "published__title"))


def _facts() -> tuple[object, ...]:
    leads = tuple(sorted((name, lead.to, lead.flow) for name, lead in company.leads().items()))
    return workspace().order_number, revision.current(), leads
