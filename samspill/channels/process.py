"""From a stored delivery to a message, once; and again when somebody asks for it."""

import logging
from collections.abc import Sequence

from django.db import transaction

from samspill.channels.email.arrive import bring_in
from samspill.channels.errors import Unreadable
from samspill.channels.port import channel_of
from samspill.conversations.models import Inbound, Inbox
from samspill.kit.events import emit, gathering, without_jobs
from samspill.kit.once import reading_once
from samspill.kit.rows import set_columns

log = logging.getLogger(__name__)
State = Inbound.State


def process(inbound: int) -> None:
    """Bring a stored delivery in; one that is in already is left alone. What cannot be read is kept and marked."""
    try:
        _bring_in(inbound)
    except Unreadable as error:
        _mark(inbound, str(error)[:200])


@transaction.atomic
def _bring_in(inbound: int) -> None:
    held = Inbound.objects.select_for_update(of=("self",)).select_related("inbox").get(pk=inbound)
    channel = channel_of(held.inbox)
    if held.state == State.DONE or channel is None:
        return
    held.error = ""  # a channel may say here why nothing came of it
    held.message = channel.bring_in(held)
    held.state = State.DONE
    held.save(update_fields=["message", "state", "error"])


@transaction.atomic
def _mark(inbound: int, error: str) -> None:
    held = Inbound.objects.select_for_update().get(pk=inbound)
    if held.state == State.DONE:
        return
    held.state, held.error = State.FAILED, error
    held.save(update_fields=["state", "error"])
    emit("inbound.failed", actor="system", inbound=held.pk, inbox=held.inbox_id)


@reading_once()
def process_mails(inbounds: Sequence[int]) -> None:
    """Bring mails in that were stored together, in one transaction, and have them answered together.

    Where that fails each comes in by itself; one that fails again is tried later and keeps none of the others waiting.
    Raises Inbound.DoesNotExist where one of them is not there: none is passed over in silence.
    """
    if Inbound.objects.filter(pk__in=inbounds).count() < len(set(inbounds)):
        raise Inbound.DoesNotExist
    with without_jobs("message.received"):
        try:
            _bring_all_in(inbounds)
        except Exception as error:  # noqa: BLE001  whatever it is, the others must come in
            log.warning("mails stored together: %s", type(error).__qualname__)
            _one_by_one(inbounds)
    # read from the database: a job that was killed and is done again knows nothing of what it brought in before
    brought = Inbound.objects.filter(
        pk__in=inbounds, state=State.DONE, error="", message__letter__kind="human"
    )
    messages = list(brought.order_by("message").values_list("message", flat=True))
    if messages:
        emit("mails.arrived", actor="system", messages=messages)


@transaction.atomic
def _bring_all_in(inbounds: Sequence[int]) -> None:
    stored = Inbound.objects.select_for_update().filter(pk__in=inbounds).exclude(state=State.DONE)
    held = list(stored.order_by("pk"))
    inboxes = Inbox.objects.in_bulk({one.inbox_id for one in held})
    for one in held:
        one.inbox = inboxes[one.inbox_id]  # one and the same for all
    with gathering():
        bring_in(held)
    _note(held)


def _note(held: Sequence[Inbound]) -> None:
    columns = {"state": "text", "message_id": "bigint", "error": "text"}
    rows = [(one.pk, State.DONE.value, one.message_id, one.error) for one in held]
    set_columns("samspill_inbound", columns, rows)


def _one_by_one(inbounds: Sequence[int]) -> None:
    for inbound in inbounds:
        try:
            process(inbound)
        except Exception as error:  # noqa: BLE001  as above
            log.warning("inbound %s: %s", inbound, type(error).__qualname__)
            _try_again(inbound)


def _try_again(inbound: int) -> None:
    inbox = Inbound.objects.values_list("inbox", flat=True).get(pk=inbound)
    emit("inbound.stored", actor="system", inbound=inbound, inbox=inbox)


@transaction.atomic
def replay(inbound: Inbound, *, by: str) -> None:
    """Process a stored delivery anew; what it brought before is found again, not doubled."""
    Inbound.objects.filter(pk=inbound.pk).update(state=State.STORED, error="")
    emit("inbound.stored", actor=by, inbound=inbound.pk, inbox=inbound.inbox_id)
