"""Past calls become ended callbacks: they teach when people answer, and are what the present is compared with."""

from collections.abc import Sequence
from datetime import datetime

from samspill.callbacks.models import Attempt, Callback
from samspill.callbacks.past import Past, bring_past
from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import address_hash
from samspill.imports import people, values
from samspill.imports.items import Called
from samspill.imports.models import Import
from samspill.imports.tally import Tally

Row = tuple[str, Called]


def bring(of: Import, rows: Sequence[Row], tally: Tally) -> None:
    """Each request with its calls; the rows of one request may stand anywhere."""
    found = people.bring(of, [(place, row.person) for place, row in rows], tally, listed=False)
    requests: dict[tuple[int, datetime], tuple[Contact, list[Called]]] = {}
    for (_, row), identity in zip(rows, found, strict=True):
        if identity:
            key = identity.contact_id, row.asked
            requests.setdefault(key, (identity.contact, []))[1].append(row)
    for contact, listed in requests.values():
        _bring(of, contact, listed, tally)


def known(of: Import, rows: Sequence[Called]) -> set[tuple[object, ...]]:
    """Requests and calls of these rows that are here already: (who, asked) and (who, asked, called)."""
    hashes = {key for key in (who(of, row) for row in rows) if key}
    mine = {"source": Callback.Source.IMPORT, "contact__identities__value_hash__in": hashes}
    asked = Callback.objects.filter(created_at__in={row.asked for row in rows}, **mine)
    called = Attempt.objects.filter(**{f"callback__{name}": value for name, value in mine.items()})
    names = "callback__contact__identities__value_hash", "callback__created_at", "began_at"
    return {*asked.values_list("contact__identities__value_hash", "created_at"), *called.values_list(*names)}


def who(of: Import, row: Called) -> str:
    """The hash by which the person is known; '' where nothing says who it is."""
    telling = people.telling(people.addresses(of, row.person))
    return telling[0].key[2] if telling else ""


def _bring(of: Import, contact: Contact, rows: list[Called], tally: Tally) -> None:
    calls = {row.called: row.outcome for row in rows if row.called}
    topic = next((row.topic for row in rows if row.topic), "")
    past = Past(contact, _number(contact, rows[0]), rows[0].asked, tuple(sorted(calls.items())), topic)
    callback, is_new, added = bring_past(past, by=of.actor)
    tally.count("callbacks", int(is_new))
    tally.count("calls", len(added))
    tally.count("known", len(rows) - len(added) if not is_new or added else 0)
    if is_new:
        tally.add("callback", callback.pk)
    else:
        for pk in added:
            tally.add("call", pk)


def _number(contact: Contact, row: Called) -> Identity | None:
    """The number that was called: the row's, else the contact's."""
    given = next(filter(None, map(values.phone, row.person.phones)), "")
    if given:
        return Identity.objects.filter(
            kind=Identity.Kind.PHONE, scope="", value_hash=address_hash("phone", given)
        ).first()
    return contact.identities.filter(kind=Identity.Kind.PHONE).order_by("pk").first()
