"""A person says how a message should have been read: it counts at once, and the models learn from it."""

from django.db import transaction

from samspill.conversations.models import Message
from samspill.conversations.reread import SOUNDS, read_as, read_as_heard
from samspill.kit import clock, languages
from samspill.kit.events import emit
from samspill.training.examples import drop, learn_from
from samspill.training.models import Correction
from samspill.workspace.models import Agent

What = Correction.What
URGENT, CALM = "urgent", "calm"


class NotCorrectable(ValueError):
    """This message is not a customer's, or there is no such language, mood or urgency."""


@transaction.atomic
def correct(message: Message, what: str, right: str, by: Agent) -> Correction:
    """The message should have been read as `right`; it is from now on, and the models learn it.

    `what` is one of intent, language, mood, urgency ("urgent" or "calm"). Raises NotCorrectable.
    """
    held = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    _refuse(held, what, right)
    known = Correction.objects.filter(message=held, what=what).first()
    kept, _made = Correction.objects.update_or_create(
        message=held,
        what=what,
        defaults={
            "read_as": known.read_as if known else _read_as(held, what),
            "right": right,
            "by": by,
            "at": clock.now(),
        },
    )
    _carry_out(held, what, right, by)
    _tell("message.corrected", kept, by.actor)
    return kept


@transaction.atomic
def uncorrect(message: Message, what: str, by: Agent) -> bool:
    """Take a correction back: the message is read again as it was heard; False when there is none."""
    held = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    kept = Correction.objects.filter(message=held, what=what).first()
    if kept is None:
        return False
    if what == What.INTENT:
        _forget(held, by)
    else:
        read_as_heard(held, what, kept.read_as, by=by.actor)
    _tell("message.uncorrected", kept, by.actor)
    kept.delete()
    return True


def _refuse(message: Message, what: str, right: str) -> None:
    allowed = {
        What.LANGUAGE: set(languages.NAMES) - {"und"},
        What.MOOD: set(SOUNDS),
        What.URGENCY: {URGENT, CALM},
    }
    known = what in What.values and (what == What.INTENT or right in allowed[What(what)])
    if message.author != Message.Author.CONTACT or not known:
        raise NotCorrectable(f"{what} of this message cannot be set so")


def _read_as(message: Message, what: str) -> str:
    if what == What.URGENCY:
        return "" if message.urgency is None else f"{message.urgency:.4f}"
    if what == What.INTENT:
        return str(message.reading.get("intent", ""))[:60]
    return str(getattr(message, what))


def _carry_out(message: Message, what: str, right: str, by: Agent) -> None:
    if what == What.INTENT:
        learn_from(message, right, by)
    elif what == What.URGENCY:
        read_as(message, urgent=right == URGENT, by=by.actor)
    else:
        read_as(message, **{what: right}, by=by.actor)


def _forget(message: Message, by: Agent) -> None:
    for example in message.example_set.all():
        drop(example, by)


def _tell(kind: str, correction: Correction, by: str) -> None:
    message = correction.message
    emit(
        kind,
        actor=by,
        contact=message.conversation.contact_id,
        conversation=message.conversation_id,
        message=message.pk,
        what=correction.what,
        read_as=correction.read_as,
        right=correction.right,
    )
