"""People of an export become contacts; who is known already is filled where empty and never overwritten."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from samspill.contacts.models import Contact, Identity, Organisation
from samspill.contacts.recognise import address_hash
from samspill.imports import values
from samspill.imports.items import Company, Person
from samspill.imports.models import Import
from samspill.imports.tally import Tally
from samspill.kit import crypto

Kind = Identity.Kind
Key = tuple[str, str, str]
PLAIN = ("name", "language", "country")


@dataclass(frozen=True)
class Address:
    """One way to recognise a person."""

    kind: str
    scope: str
    value: str

    @property
    def key(self) -> Key:
        """As the database knows it."""
        return self.kind, self.scope, address_hash(self.kind, self.value)


@dataclass
class _Portion:
    """The people of one portion on their way in."""

    known: dict[Key, Identity]
    companies: dict[str, Organisation]
    contacts: list[Contact] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)
    filled: dict[int, tuple[Contact, dict[str, str]]] = field(default_factory=dict)


def addresses(of: Import, person: Person) -> list[Address]:
    """How a person can be recognised: the old system's id, mail addresses, telephone numbers."""
    found = [Address(Kind.EXTERNAL, scope(of), person.key)] if person.key else []
    mails = dict.fromkeys(filter(None, map(values.email, person.emails)))
    phones = dict.fromkeys(filter(None, map(values.phone, person.phones)))
    found += [Address(Kind.EMAIL, "", value) for value in mails]
    return found + [Address(Kind.PHONE, "", value) for value in phones]


def scope(of: Import) -> str:
    """Within which the old system's ids mean something."""
    return f"{of.form}:{of.inbox_id or ''}"


def known(wanted: Iterable[Address]) -> dict[Key, Identity]:
    """Those of the addresses that are on record, with their contacts."""
    hashes = {address.key[2] for address in wanted}
    found = Identity.objects.filter(value_hash__in=hashes).select_related("contact__organisation")
    return {(one.kind, one.scope, one.value_hash): one for one in found}


def bring(
    of: Import, people: Sequence[tuple[str, Person]], tally: Tally, *, listed: bool
) -> list[Identity | None]:
    """The identity of each person; contacts are made or filled. None where nothing says who it is.

    `listed` people are rows of their own and counted as such; others come with a conversation.
    """
    wanted = [addresses(of, person) for _, person in people]
    portion = _Portion(known(a for one in wanted for a in one), _companies((p for _, p in people), tally))
    found = [
        _one(portion, place, person, their, tally, listed)
        for (place, person), their in zip(people, wanted, strict=True)
    ]
    _write(portion, tally)
    return found


def companies(rows: Iterable[Company], tally: Tally) -> None:
    """Companies of their own; one that is known gets its domain where it had none."""
    named = {row.name: row for row in rows}
    there = {one.name: one for one in Organisation.objects.filter(name__in=named)}
    fresh = [Organisation(name=n, domain=row.domain) for n, row in named.items() if n not in there]
    tally.count("known", len(there))
    tally.count("companies", len(fresh))
    for made in Organisation.objects.bulk_create(fresh):
        tally.add("company", made.pk)


def _companies(people: Iterable[Person], tally: Tally) -> dict[str, Organisation]:
    names = {person.organisation[:160] for person in people if person.organisation}
    there = {one.name: one for one in Organisation.objects.filter(name__in=names)}
    fresh = [Organisation(name=name) for name in sorted(names - set(there))]
    for made in Organisation.objects.bulk_create(fresh):
        tally.add("company", made.pk)
        tally.count("companies")
        there[made.name] = made
    return there


def _one(
    portion: _Portion, place: str, person: Person, their: list[Address], tally: Tally, listed: bool
) -> Identity | None:
    contact = _recognised(portion, their)
    if contact is None and not is_enough(person, their):
        tally.skip(place, why_not(person))
        return None
    if contact is None:
        contact = Contact()
        _fill(portion, contact, person)
        portion.contacts.append(contact)
        tally.count("contacts")
    else:
        tally.count("known", int(listed))
        differing = _fill(portion, contact, person)
        if differing and listed:
            tally.note(place, "kept:" + ",".join(differing))
    return _address(portion, contact, place, their, tally, listed)


def is_enough(person: Person, their: Sequence[Address]) -> bool:
    """Whether a new contact can be made of them, and found again when they come another time."""
    return any(one.kind != Kind.EXTERNAL for one in their) or bool(person.key and person.name)


def why_not(person: Person) -> str:
    """What is missing, as a code."""
    if person.emails or person.phones:
        return "bad_address"
    return "unknown_customer" if person.key else "no_address"


def telling(their: list[Address]) -> list[Address]:
    """Id or mail; the telephone, which families and firms share, only where there is nothing else."""
    return [address for address in their if address.kind != Kind.PHONE] or their


def _recognised(portion: _Portion, their: list[Address]) -> Contact | None:
    found = (portion.known.get(address.key) for address in telling(their))
    return next((identity.contact for identity in found if identity), None)


def _fill(portion: _Portion, contact: Contact, person: Person) -> list[str]:
    """Put in what is missing; the names of the fields in which the record says something else."""
    offered: dict[str, Any] = {
        "name": person.name[:160],
        "language": values.language(person.language),
        "country": values.country(person.country),
        "organisation": portion.companies.get(person.organisation[:160]),
        "vip": person.vip,
    }
    filled, differing = {}, []
    for name, value in offered.items():
        if value and not getattr(contact, name):
            setattr(contact, name, value)
            filled[name] = crypto.digest("import", str(value))
        elif value and _plain(getattr(contact, name)) != _plain(value):
            differing.append(name)
    fresh = {key: value for key, value in person.attributes.items() if key not in contact.attributes}
    contact.attributes = contact.attributes | fresh
    filled |= {f"attributes.{key}": crypto.digest("import", str(value)) for key, value in fresh.items()}
    if contact.pk and filled:
        portion.filled[contact.pk] = contact, portion.filled.get(contact.pk, (contact, {}))[1] | filled
    return differing


def _plain(value: object) -> str:
    return " ".join(str(value).casefold().split())


def _address(
    portion: _Portion, contact: Contact, place: str, their: list[Address], tally: Tally, listed: bool
) -> Identity:
    mine = []
    for address in their:
        identity = portion.known.get(address.key)
        if identity is None:
            kind, place_, digest = address.key
            identity = Identity(contact=contact, kind=kind, scope=place_, value_hash=digest)
            identity.sealed = crypto.seal(address.value)
            portion.known[address.key] = identity
            portion.identities.append(identity)
        if identity.contact is contact or (contact.pk and identity.contact_id == contact.pk):
            mine.append(identity)
        elif listed:
            tally.note(place, f"taken:{address.kind}")
    order = (Kind.EMAIL, Kind.PHONE, Kind.EXTERNAL)
    return min(mine, key=lambda identity: order.index(Kind(identity.kind)))


def _write(portion: _Portion, tally: Tally) -> None:
    for made in Contact.objects.bulk_create(portion.contacts):
        tally.add("contact", made.pk)
    for kept in Identity.objects.bulk_create(portion.identities):
        tally.add("identity", kept.pk)
    changed = [contact for contact, _ in portion.filled.values()]
    Contact.objects.bulk_update(changed, [*PLAIN, "organisation", "vip", "attributes"])
    for pk, (_, facts) in portion.filled.items():
        tally.add("filled", pk, **facts)
        tally.count("filled")
