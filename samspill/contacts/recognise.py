from django.db import IntegrityError, transaction

from samspill.contacts.models import Contact, Identity
from samspill.kit import crypto
from samspill.kit.events import emit


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
