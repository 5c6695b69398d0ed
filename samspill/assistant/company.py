"""What this company has taught the assistant: its model, where its intents lead, and some of its sentences."""

import logging
from collections import Counter

from samspill.assistant.brains.examples import Example
from samspill.assistant.brains.intents import Lead
from samspill.intelligence.intents import IntentModel
from samspill.kit.events import emit
from samspill.knowledge.vectors import encoder_name
from samspill.training import load
from samspill.training.errors import Tampered
from samspill.training.models import Example as Taught
from samspill.training.models import Intent
from samspill.training.train import learned_labels

log = logging.getLogger(__name__)
EACH, ALL = 20, 2_000  # sentences the keywords know: enough while the text model is away


def leads() -> dict[str, Lead]:
    """Where each accepted intent leads, by label."""
    rows = Intent.objects.filter(state=Intent.State.ACCEPTED).order_by("pk")
    return {name: Lead(to, flow) for name, to, flow in rows.values_list("name", "leads_to", "flow")}


def sentences() -> list[Example]:
    """The latest sentences of each intent, for the keywords."""
    labels, counted, found = learned_labels(), Counter[str](), []
    rows = Taught.objects.filter(intent__in=labels, dropped_at=None).order_by("-pk")[:ALL]
    for text, intent, language in rows.values_list("text", "intent_id", "language"):
        counted[labels[intent]] += 1
        if counted[labels[intent]] <= EACH:
            found.append(Example(text, labels[intent], language))
    return found


def learned_model(made_of: str) -> IntentModel | None:
    """The live model, a former one where its bytes were changed; None where none fits these flows."""
    kept = load.live()
    if kept is None:
        return None
    fitting = [
        one for one in (kept, *load.former()) if (one.made_of, one.encoder) == (made_of, encoder_name())
    ]
    if kept not in fitting:
        emit("training.outdated", actor="assistant")
        return None
    for one in fitting:
        try:
            return load.load(one)
        except Tampered as problem:
            log.error("%s", problem)
            emit("model.refused", actor="assistant", model=one.pk)
    return None
