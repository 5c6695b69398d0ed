from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from samspill.contacts.models import Contact, Identity
from samspill.kit import crypto
from samspill.kit.events import emit

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Address:
    """An address as somebody is met by it, with what he is called there."""

    kind: str
    value: str
    scope: str = ""
    name: str = ""

    @property
    def key(self) -> Key:
        """What its identity is looked up by."""
        return (str(self.kind), self.scope, address_hash(self.kind, self.value))


def recognise(kind: str, value: str, *, scope: str = "", name: str = "", language: str = "") -> Identity:
    """The identity behind an address, with its contact; both are made when the address is new."""
    key = {"kind": kind, "scope": scope, "value_hash": address_hash(kind, value)}
    found = Identity.objects.select_related("contact").filter(**key).first()
    return found or _meet(key, value, name, language)


def address_hash(kind: str, value: str) -> str:
    """What an address is looked up by; spelling differences that do not matter are levelled."""
    return crypto.digest(kind, value.strip().casefold())


def _meet(key: dict[str, str], value: str, name: str, language: str) -> Identity:
    try:
        with transaction.atomic():
            contact = Contact.objects.create(name=name, language=language)
            identity = Identity.objects.create(contact=contact, sealed=crypto.seal(value.strip()), **key)
            emit("contact.created", actor="system", contact=contact.pk)
            return identity
    except IntegrityError:  # somebody else met the same person in this moment
        return Identity.objects.select_related("contact").get(**key)


@transaction.atomic(savepoint=False)
def recognise_all(addresses: Sequence[Address]) -> list[Identity]:
    """The identities behind many addresses, in their order, each as `recognise` finds it."""
    keys = [one.key for one in addresses]
    known = _known(set(keys))
    fresh: dict[Key, Address] = {}
    for key, one in zip(keys, addresses, strict=True):
        if key not in known:
            fresh.setdefault(key, one)
    known |= _meet_all(fresh) if fresh else {}
    return [known[key] for key in keys]


def _known(keys: Iterable[Key]) -> dict[Key, Identity]:
    places: dict[tuple[str, str], list[str]] = {}
    for kind, scope, value in keys:
        places.setdefault((kind, scope), []).append(value)
    rows = Identity.objects.select_related("contact")
    found = (
        rows.filter(kind=kind, scope=scope, value_hash__in=values) for (kind, scope), values in places.items()
    )
    return {(one.kind, one.scope, one.value_hash): one for some in found for one in some}


def _meet_all(fresh: dict[Key, Address]) -> dict[Key, Identity]:
    keys = sorted(fresh)  # in one order for all, so that no two wait for each other
    try:
        with transaction.atomic():
            contacts = Contact.objects.bulk_create([Contact(name=fresh[key].name) for key in keys])
            pairs = zip(keys, contacts, strict=True)
            made = Identity.objects.bulk_create([_identity(fresh[key], key, one) for key, one in pairs])
    except IntegrityError:  # somebody else met one of them in this moment
        return {
            key: recognise(one.kind, one.value, scope=one.scope, name=one.name) for key, one in fresh.items()
        }
    for contact in contacts:
        emit("contact.created", actor="system", contact=contact.pk)
    return dict(zip(keys, made, strict=True))


def _identity(address: Address, key: Key, contact: Contact) -> Identity:
    kind, scope, value_hash = key
    sealed = crypto.seal(address.value.strip())
    return Identity(contact=contact, kind=kind, scope=scope, value_hash=value_hash, sealed=sealed)
