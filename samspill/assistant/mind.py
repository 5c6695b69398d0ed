"""What this process knows to decide with: the flows and the intents learned from them, kept up to date."""

import threading
import time
from dataclasses import dataclass, replace

from django.conf import settings

from samspill.assistant.brains.examples import training_set
from samspill.assistant.brains.intents import Intents
from samspill.assistant.brains.vectors import VectorCache
from samspill.flows.catalogue import Catalogue, build
from samspill.flows.numbers import OrderNumbers
from samspill.knowledge import revision
from samspill.knowledge.models import Translation
from samspill.knowledge.vectors import encoder, encoder_name
from samspill.workspace.current import workspace

LOOK_S = 15.0


@dataclass(frozen=True)
class Mind:
    """Flows and intents as of one state of the workspace and its articles."""

    catalogue: Catalogue
    intents: Intents
    made_of: tuple[object, ...]


_current: Mind | None = None
_looked_at = 0.0
_learning = threading.Lock()


def mind() -> Mind:
    """The current mind; learned at once the first time, behind the scenes when something changed."""
    global _looked_at
    if _current is None:
        with _learning:
            return _current or _learn()
    if time.monotonic() - _looked_at > LOOK_S and _learning.acquire(blocking=False):
        _looked_at = time.monotonic()
        threading.Thread(target=_look, daemon=True).start()
    return _current


def _look() -> None:
    from django.db import connection

    try:
        assert _current is not None
        if _current.made_of != _facts() or _current.intents.classifier is None:
            _learn()
    finally:
        connection.close()
        _learning.release()


def _learn() -> Mind:
    global _current
    facts = _facts()
    catalogue = build(numbers=OrderNumbers(str(facts[0])))
    titles = Translation.objects.filter(published__isnull=False).values_list("language", "published__title")
    cache = VectorCache(encoder(), settings.MODELS_FOLDER, "" if settings.ENCODER.shipped else encoder_name())
    intents = Intents.train(training_set(catalogue, titles), cache)
    # a turn brings its vector; one that has none shall not wait a second time for a text model that is away
    _current = Mind(catalogue, replace(intents, encoder=None), facts)
    return _current


def _facts() -> tuple[object, ...]:
    return workspace().order_number, revision.current()
