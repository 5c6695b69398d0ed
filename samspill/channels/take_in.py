"""From what a service told to what changes here: a message, an edit, a state. Everything may be told twice and in
any order.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from samspill.channels import people
from samspill.channels.consent import note_answer
from samspill.channels.errors import Unreachable
from samspill.channels.fate import note_fate
from samspill.channels.heard import (
    Arrived,
    Deleted,
    Echoed,
    Edited,
    Heard,
    Nothing,
    OptedOut,
    Reacted,
    Said,
    Sender,
)  # fmt: skip
from samspill.channels.overhear import overhear
from samspill.contacts.models import Identity
from samspill.conversations.models import Dispatch, Inbound, Inbox, Message
from samspill.conversations.receive import receive
from samspill.conversations.rewrite import react, rewrite, take_back
from samspill.kit import clock
from samspill.kit.events import emit

PATIENCE_MINUTES = 2  # for what an edit, a reaction or a state is about


@transaction.atomic
def take_in(inbound: Inbound, heard: Heard) -> Message | None:
    """Make of it what it is; the message it brought, None where it brought none.

    Raises Unreachable where what it is about has not arrived yet, so that it is tried again soon.
    """
    take: dict[type, Callable[[Inbound, Any], Message | None]] = {
        Said: _said, Edited: _edited, Deleted: _deleted, Reacted: _reacted, Arrived: _arrived,
        Echoed: _echoed, OptedOut: _opted_out, Nothing: lambda inbound, heard: None,
    }  # fmt: skip
    return take[type(heard)](inbound, heard)


def find(inbox: Inbox, sender: Sender, external_id: str) -> Message | None:
    """A message between us and the sender, by the service's id of it: his, or ours."""
    identity = people.known(inbox, sender)
    if identity is None or not external_id:
        return None
    return _his(inbox, identity, external_id) or _ours(inbox, external_id)


def _said(inbound: Inbound, said: Said) -> Message:
    identity = people.met(inbound.inbox, said.sender)
    known = _his(inbound.inbox, identity, said.id)
    if known:
        return known
    message = receive(
        inbound.inbox,
        identity,
        said.text.strip(),
        said.id[:200],
        extras=_extras(inbound.inbox, identity, said),
    )
    if said.media:
        emit("media.expected", actor="system", message=message.pk)
    return message


def _extras(inbox: Inbox, identity: Identity, said: Said) -> dict[str, object]:
    quoted = find(inbox, said.sender, said.quotes) if said.quotes else None
    found: dict[str, object] = {
        **said.extras,
        "kind": said.kind,
        "media": [media.kept() for media in said.media],
        "quotes": quoted.pk if quoted else 0,
        "value": said.value or _chosen(inbox, identity, said.text),
    }
    return {name: value for name, value in found.items() if value}


def _chosen(inbox: Inbox, identity: Identity, text: str) -> str:
    """The value behind a choice that we offered last, answered by its words or its number."""
    ours = Message.objects.filter(conversation__inbox=inbox, conversation__identity=identity, direction="out")
    last = ours.order_by("-pk").values_list("extras", flat=True).first() or {}
    said = text.strip().rstrip(".)").casefold()
    for number, choice in enumerate(last.get("choices") or [], 1):
        if said and said in (str(number), str(choice.get("label", "")).casefold()):
            return str(choice.get("value", ""))
    return ""


def _edited(inbound: Inbound, edited: Edited) -> Message | None:
    message = find(inbound.inbox, edited.sender, edited.id)
    if message is None:
        _wait(inbound)
        return _said(inbound, Said(edited.id, edited.sender, edited.text))
    rewrite(message, edited.text.strip())
    return None


def _deleted(inbound: Inbound, deleted: Deleted) -> None:
    message = find(inbound.inbox, deleted.sender, deleted.id)
    if message is None:
        _wait(inbound)
    else:
        take_back(message)


def _reacted(inbound: Inbound, reacted: Reacted) -> None:
    message = find(inbound.inbox, reacted.sender, reacted.id)
    if message is None:
        _wait(inbound)
    else:
        react(message, reacted.emoji)


def _arrived(inbound: Inbound, arrived: Arrived) -> None:
    reader = people.known(inbound.inbox, arrived.reader) if arrived.reader else None
    if not note_fate(inbound.inbox, arrived, reader):
        _wait(inbound)


def _echoed(inbound: Inbound, echoed: Echoed) -> Message | None:
    if _ours(inbound.inbox, echoed.id):
        return None
    _wait(inbound)  # our own message may come back before we have noted that it is sent
    message = overhear(inbound.inbox, people.met(inbound.inbox, echoed.to), echoed)
    if echoed.media:
        emit("media.expected", actor="system", message=message.pk)
    return message


def _opted_out(inbound: Inbound, opted: OptedOut) -> Message:
    return note_answer(inbound.inbox, people.met(inbound.inbox, opted.said.sender), opted)


def _his(inbox: Inbox, identity: Identity, external_id: str) -> Message | None:
    mine = Message.objects.filter(conversation__inbox=inbox, conversation__identity=identity)
    return mine.filter(external_id=external_id[:200]).order_by("-pk").first()


def _ours(inbox: Inbox, external_id: str) -> Message | None:
    sent = Dispatch.objects.filter(inbox=inbox).select_related("message")
    found = (
        sent.filter(parts__external_id=external_id).first() or sent.filter(external_id=external_id).first()
    )
    return found.message if found else None


def _wait(inbound: Inbound) -> None:
    if inbound.at > clock.ago(minutes=PATIENCE_MINUTES):
        raise Unreachable("not_yet")
