"""Somebody asks to be called."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from samspill.callbacks import permission
from samspill.callbacks.change import tell
from samspill.callbacks.errors import Refused
from samspill.callbacks.lot import draw
from samspill.callbacks.models import Callback, CallbackSettings
from samspill.callbacks.number import checked
from samspill.callbacks.times import Span, first_opening, promise
from samspill.contacts.add_address import add_address
from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import address_hash
from samspill.conversations.models import Conversation
from samspill.kit import clock
from samspill.workspace.current import workspace
from samspill.workspace.models import Team

PUNCTUAL = timedelta(minutes=15)


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: `number` as they wrote it; `wanted`: a span to be called in; `fixed`: a moment.

    `key`: what whoever asks calls this wish, so that sent twice it is one; `told_at`: where mails about it go.
    """

    number: str
    source: str
    topic: str = ""
    language: str = ""
    wanted: Span | None = None
    fixed: datetime | None = None
    team: Team | None = None
    conversation: Conversation | None = None
    key: str = ""
    told_at: Identity | None = None


def ask(contact: Contact, wish: Wish, *, by: str, wording: str = "") -> Callback:
    """Open a callback; asked again for the same number while one is open, that one takes in the new wish.

    `wording` names the consent text that the customer agreed to; without it, `by` answers for the consent, which
    cannot be done for somebody who does not want to be called. Raises BadNumber and Refused.
    """
    if not CallbackSettings.current().is_on:
        raise Refused("off")
    if not wording and not permission.may_call(contact):
        raise Refused("never_call")
    number = checked(wish.number, workspace().country)
    try:
        with transaction.atomic():
            return _ask(contact, number, wish, by, wording)
    except IntegrityError:  # asked twice in this moment
        with transaction.atomic():
            return _ask(contact, number, wish, by, wording)


def _ask(contact: Contact, number: str, wish: Wish, by: str, wording: str) -> Callback:
    identity = _identity(contact, number)
    consent = permission.agree(contact, wording or permission.WORDING)
    known = Callback.objects.select_for_update(of=("self",)).filter(identity=identity, state="open").first()
    if known:
        return _again(known, contact, wish, by)
    now = clock.now()
    promised = _promised(wish, now)
    found = Callback.objects.create(
        contact=contact, identity=identity, conversation=wish.conversation, consent=consent, source=wish.source,
        key=wish.key or None, told_at=wish.told_at, topic=wish.topic[:1000],
        language=wish.language or contact.language or workspace().language,
        team=wish.team, asked_by=by, created_at=now, fixed_at=wish.fixed,
        not_before=wish.fixed or (wish.wanted[0] if wish.wanted else None),
        promised_from=promised[0], promised_by=promised[1], next_at=first_opening(promised[0]),
    )  # fmt: skip
    draw(found)
    tell("callback.asked", found, by)
    return found


def _again(known: Callback, contact: Contact, wish: Wish, by: str) -> Callback:
    """The same number asked for again: the topics are joined; only the same person can change the time."""
    if wish.topic and wish.topic not in known.topic:
        known.topic = f"{known.topic}\n{wish.topic}".strip()[:1000]
    if known.contact_id == contact.pk and (wish.wanted or wish.fixed):
        known.promised_from, known.promised_by = _promised(wish, clock.now())
        known.fixed_at, known.not_before = wish.fixed, wish.fixed or known.promised_from
        known.next_at = first_opening(known.promised_from)
    known.conversation = known.conversation or wish.conversation
    known.planned_at = None
    known.save()
    tell("callback.asked_again", known, by)
    return known


def _promised(wish: Wish, now: datetime) -> Span:
    if wish.fixed:
        if wish.fixed < now - PUNCTUAL:
            raise Refused("past")
        return wish.fixed, wish.fixed + PUNCTUAL
    if wish.wanted:
        if wish.wanted[1] <= now:
            raise Refused("past")
        return wish.wanted
    return promise(now)


def _identity(contact: Contact, number: str) -> Identity:
    """The number as an address; where it is known as somebody else's, it stays theirs and is called all the same."""
    found = add_address(contact, Identity.Kind.PHONE, number)
    return found or Identity.objects.get(kind="phone", scope="", value_hash=address_hash("phone", number))
