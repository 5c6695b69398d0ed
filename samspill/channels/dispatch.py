"""What we say goes out by the channel it belongs to, at most once at a time, and its fate comes back."""

from django.db import transaction

from samspill.channels import follow
from samspill.channels.errors import Refused, Unreachable
from samspill.channels.port import channel_of
from samspill.channels.route import route
from samspill.channels.together import is_read, share_fate
from samspill.conversations.models import Dispatch, Message
from samspill.kit import clock
from samspill.kit.events import emit

State = Dispatch.State


def dispatch(message: int) -> None:
    """Send a message of ours by the outside service it belongs to, if any. Raises Unreachable to be tried again."""
    said = Message.objects.select_related("conversation__inbox", "inbox").get(pk=message)
    prepared = _prepare(said)
    if prepared:
        _send(prepared)
    elif said.inbox_id is None:
        follow.soon(said.conversation)


def _prepare(message: Message) -> int | None:
    way = route(message)
    if way is None:
        return None
    inbox, identity = way
    prepared, _new = Dispatch.objects.get_or_create(
        message=message, defaults={"inbox": inbox, "identity": identity}
    )
    return prepared.pk


def _send(prepared: int) -> None:
    with transaction.atomic():
        # held while it goes out: nobody else sends it in this moment, and a killed process lets go of it
        waiting = Dispatch.objects.select_for_update(of=("self",), skip_locked=True)
        held = (
            waiting.select_related("inbox", "identity", "message")
            .filter(pk=prepared, state=State.WAITING)
            .first()
        )
        channel = channel_of(held.inbox) if held else None
        if held is None or channel is None:
            return
        if is_read(held):  # in the chat, by a visitor who came back meanwhile
            _keep(held, State.READ)
            return
        held.attempts += 1
        try:
            held.external_id = channel.send(held)
        except Refused as error:
            fail(held, str(error))
            return
        except Unreachable as error:
            failed: Unreachable | None = error
            held.error = str(error)[:300]
        else:
            failed = None
            _sent(held)
        held.save(update_fields=["attempts", "external_id", "state", "error", "sent_at"])
    if failed:
        raise failed


def _keep(held: Dispatch, state: str) -> None:
    held.state = state
    held.save(update_fields=["state"])
    share_fate(held)


def _sent(held: Dispatch) -> None:
    held.state, held.error, held.sent_at = State.SENT, "", clock.now()
    _tell(held, "message.dispatched")


def fail(held: Dispatch, error: str) -> None:
    """The message will not arrive: say so where it stands."""
    held.state, held.error = State.FAILED, error[:300]
    held.save(update_fields=["attempts", "state", "error"])
    _tell(held, "message.failed")


def arrived(held: Dispatch, state: str) -> None:
    """The service says that the message was delivered or read; never backwards."""
    order = [State.WAITING, State.SENT, State.DELIVERED, State.READ]
    if held.state in order and order.index(State(state)) > order.index(State(held.state)):
        held.state = state
        held.save(update_fields=["state"])
        _tell(held, "message.arrived")


def _tell(held: Dispatch, kind: str) -> None:
    unread = Message.objects.filter(pk=held.message_id).exclude(delivery=Message.Delivery.READ)
    unread.update(delivery=held.state)
    share_fate(held)
    conversation = held.message.conversation
    emit(
        kind,
        actor="system",
        contact=conversation.contact_id,
        conversation=conversation.pk,
        message=held.message_id,
    )
