"""From stored bytes to a model that reads, and only if they are what was once trained."""

import hashlib

from samspill.intelligence.intents import IntentModel
from samspill.kit.once import once
from samspill.training.errors import Tampered
from samspill.training.models import LearnedModel

State = LearnedModel.State


def load(kept: LearnedModel) -> IntentModel:
    """The model; raises Tampered when its bytes were changed or cannot be read."""
    data = bytes(kept.data)
    if hashlib.sha256(data).hexdigest() != kept.sha256:
        raise Tampered(f"The learned model {kept.pk} is not what was trained. {_ADVICE}")
    try:
        return IntentModel.from_bytes(data)
    except ValueError as error:
        raise Tampered(f"The learned model {kept.pk} cannot be read. {_ADVICE}") from error


_ADVICE = "Bring a former one back or train again, under Training → Models."


def live() -> LearnedModel | None:
    """The model in use, or None where none has been trained."""
    return LearnedModel.objects.filter(state=State.LIVE).first()


@once
def live_id() -> int | None:
    """Which one it is, without its bytes."""
    return LearnedModel.objects.filter(state=State.LIVE).values_list("pk", flat=True).first()


def former() -> list[LearnedModel]:
    """Those that were in use before, the latest first."""
    return list(LearnedModel.objects.filter(state=State.FORMER).order_by("-pk")[:3])
