"""From a stored delivery to a message, once; and again when somebody asks for it."""

from django.db import transaction

from samspill.channels.errors import Unreadable
from samspill.channels.port import channel_of
from samspill.conversations.models import Inbound
from samspill.kit.events import emit

State = Inbound.State


@transaction.atomic
def process(inbound: int) -> None:
    """Bring a stored delivery in; one that is in already is left alone. What cannot be read is kept and marked."""
    held = Inbound.objects.select_for_update(of=("self",)).select_related("inbox").get(pk=inbound)
    channel = channel_of(held.inbox)
    if held.state == State.DONE or channel is None:
        return
    try:
        with transaction.atomic():
            held.error = ""  # a channel may say here why nothing came of it
            held.message = channel.bring_in(held)
        held.state = State.DONE
    except Unreadable as error:
        held.state, held.error = State.FAILED, str(error)[:200]
        emit("inbound.failed", actor="system", inbound=held.pk, inbox=held.inbox_id)
    held.save(update_fields=["message", "state", "error"])


@transaction.atomic
def replay(inbound: Inbound, *, by: str) -> None:
    """Process a stored delivery anew; what it brought before is found again, not doubled."""
    Inbound.objects.filter(pk=inbound.pk).update(state=State.STORED, error="")
    emit("inbound.stored", actor=by, inbound=inbound.pk, inbox=inbound.inbox_id)
