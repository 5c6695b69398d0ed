"""Somebody asks on the web who has proven nothing: they get their call, and nothing that is not theirs."""

from dataclasses import replace
from typing import NamedTuple

from django.db import transaction

from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.change import cancel
from samspill.callbacks.errors import Refused
from samspill.callbacks.models import Callback
from samspill.callbacks.number import checked
from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import address_hash, recognise
from samspill.workspace.current import workspace


class Asked(NamedTuple):
    """The callback, and as whom it was asked; None where it was somebody else's wish before."""

    callback: Callback
    contact: Contact | None


@transaction.atomic
def ask_as_stranger(wish: Wish, contact: Contact | None = None, *, name: str = "", wording: str) -> Asked:
    """Open a callback for `contact`, else for whoever owns the number. Raises BadNumber and Refused.

    A number that waits for a call already is called once, when it was going to be: only who holds the wish's key,
    which is known to nobody else, may still change the time, or the number.
    """
    number = checked(wish.number, workspace().country)
    phone = Identity.Kind.PHONE
    owner = contact or recognise(phone, number, name=name, language=wish.language).contact
    mine = _under(wish.key)
    if mine and not mine.is_open:
        return Asked(mine, mine.contact)
    if mine and mine.identity and mine.identity.value != number:
        _give_up(mine)
        mine = None
    if mine is None and (other := _waiting(number)):
        joined = ask(owner, replace(wish, wanted=None, fixed=None, key=""), by=owner.actor, wording=wording)
        return Asked(joined, None if joined.pk == other.pk else owner)
    owner = mine.contact if mine else owner
    return Asked(ask(owner, wish, by=owner.actor, wording=wording), owner)


def _under(key: str) -> Callback | None:
    rows = Callback.objects.select_related("contact", "identity")
    return rows.filter(key=key).first() if key else None


def _waiting(number: str) -> Callback | None:
    known = {"identity__kind": "phone", "identity__value_hash": address_hash("phone", number)}
    return Callback.objects.filter(state="open", **known).first()


def _give_up(mine: Callback) -> None:
    """They went back and wrote another number: the first one is not called."""
    Callback.objects.filter(pk=mine.pk).update(key=None)
    try:
        cancel(mine, by=mine.contact.actor)
    except Refused:  # it rings at this moment
        return
