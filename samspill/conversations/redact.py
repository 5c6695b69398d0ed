"""Taking personal data out of a conversation for good, with a few minutes to think again."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from samspill.conversations.models import Conversation, Message, Redaction
from samspill.conversations.places import change_everywhere, replacing
from samspill.kit import clock, crypto
from samspill.kit.events import emit
from samspill.workspace.models import Agent

UNDO_MINUTES = 10
_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,40} \d+\]")


class NothingChosen(Exception):
    """No piece of the message was named."""


class TooLate(Exception):
    """What was taken out is gone for good."""


@dataclass(frozen=True)
class Piece:
    """A value that occurs in a message, what kind it is, and what shall be read in its place: `[label 1]`."""

    value: str
    kind: str
    label: str


@transaction.atomic
def redact(message: Message, pieces: Sequence[Piece], *, by: Agent) -> Redaction:
    """Take these values out of the whole conversation; for UNDO_MINUTES they are kept sealed. Raises NothingChosen."""
    held = Conversation.objects.select_for_update(of=("self",)).get(pk=message.conversation_id)
    names = _placeholders(
        held, [piece for piece in pieces if piece.value.strip() and piece.value in message.text]
    )
    if not names:
        raise NothingChosen
    change_everywhere(held, replacing(names))
    kinds = sorted({piece.kind for piece in pieces if piece.value in names})
    sealed = crypto.seal(json.dumps({name: value for value, name in names.items()}))
    redaction = Redaction.objects.create(
        conversation=held, message=message, kinds=kinds, sealed=sealed, by=by
    )
    _tell("message.redacted", redaction, by)
    return redaction


@transaction.atomic
def put_back(redaction: Redaction, *, by: Agent) -> None:
    """Undo a redaction everywhere. Raises TooLate once the values are gone."""
    held = Conversation.objects.select_for_update(of=("self",)).get(pk=redaction.conversation_id)
    row = Redaction.objects.select_for_update().get(pk=redaction.pk)
    if not row.sealed or row.at < clock.ago(minutes=UNDO_MINUTES):
        raise TooLate
    values: Mapping[str, str] = json.loads(crypto.unseal(row.sealed) or "{}")
    change_everywhere(held, lambda text: _PLACEHOLDER.sub(lambda hit: values.get(hit[0], hit[0]), text))
    Redaction.objects.filter(pk=row.pk).update(sealed="")
    _tell("message.restored", row, by)


def forget_redacted() -> int:
    """Destroy the sealed values whose time is over; returns how many redactions became final."""
    due = Redaction.objects.filter(at__lt=clock.ago(minutes=UNDO_MINUTES)).exclude(sealed="")
    return due.update(sealed="")


def _placeholders(held: Conversation, pieces: Sequence[Piece]) -> dict[str, str]:
    """A name for each value that stands nowhere in the conversation yet."""
    taken = set(_taken(held.messages.values_list("text", flat=True)))
    names: dict[str, str] = {}
    for piece in pieces:
        if piece.value not in names:
            names[piece.value] = _free(piece.label, taken)
            taken.add(names[piece.value])
    return names


def _taken(texts: Iterable[str]) -> Iterable[str]:
    return (name for text in texts for name in _PLACEHOLDER.findall(text))


def _free(label: str, taken: set[str]) -> str:
    number = 1
    while (name := f"[{label} {number}]") in taken:
        number += 1
    return name


def _tell(kind: str, redaction: Redaction, by: Agent) -> None:
    emit(
        kind,
        actor=by.actor,
        contact=redaction.conversation.contact_id,
        conversation=redaction.conversation_id,
        message=redaction.message_id,
        redaction=redaction.pk,
        kinds=redaction.kinds,
    )
