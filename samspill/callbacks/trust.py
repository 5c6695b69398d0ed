"""Whether the model is trusted at present, made known each time that changes."""

from django.db import transaction

from samspill.callbacks.models import Callback
from samspill.kit.events import emit
from samspill.kit.models import Event

DOUBTED, TRUSTED = "callbacks.model_doubted", "callbacks.model_trusted"


def doubt() -> str:
    """Why people are called in order of arrival; '' where the model plans."""
    last = Event.objects.filter(kind__in=(DOUBTED, TRUSTED)).order_by("-pk").first()
    return str(last.data.get("reason", "")) if last and last.kind == DOUBTED else ""


def note(reason: str) -> None:
    """Make known that the model is doubted for this reason, or ('') trusted again; said once."""
    if reason != doubt():
        emit(DOUBTED if reason else TRUSTED, actor="system", reason=reason)


@transaction.atomic
def give_up() -> None:
    """The planner has failed: what it planned does not count, the queue serves in order of arrival at once."""
    Callback.objects.filter(state="open").update(planned_at=None, place=None)
    note("failing")
