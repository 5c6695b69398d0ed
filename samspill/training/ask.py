from django.db import transaction

from samspill.kit.events import emit
from samspill.workspace.models import Agent


@transaction.atomic
def ask_to_train(by: Agent) -> None:
    """Have the model learned anew now, in the background."""
    emit("training.asked", actor=by.actor, by=by.pk)
