from django.db import IntegrityError, transaction

from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import address_hash
from samspill.kit import crypto
from samspill.kit.events import emit


def add_address(
    contact: Contact, kind: str, value: str, *, given_by: Identity | None = None
) -> Identity | None:
    """Note an address the contact gave (from the identity `given_by`), unproven; None when it is somebody else's."""
    key = {"kind": kind, "scope": "", "value_hash": address_hash(kind, value)}
    found = Identity.objects.filter(**key).first()
    if found:
        return found if found.contact_id == contact.pk else None
    try:
        with transaction.atomic():
            sealed = crypto.seal(value.strip())
            identity = Identity.objects.create(contact=contact, sealed=sealed, given_by=given_by, **key)
            emit("identity.added", actor=contact.actor, contact=contact.pk, identity=identity.pk)
            return identity
    except IntegrityError:  # given twice in this moment
        return Identity.objects.filter(contact=contact, **key).first()
