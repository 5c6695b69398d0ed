from typing import Any

from django.db import transaction

from samspill.contacts.models import Contact
from samspill.kit.events import emit

CHANGEABLE = {"name", "language", "country", "vip", "time_zone"}


@transaction.atomic
def update(contact: Contact, *, by: str, **changes: Any) -> None:
    """Change what is known of a contact. The event says which fields, never what they hold."""
    if unknown := set(changes) - CHANGEABLE:
        raise ValueError(f"cannot change {sorted(unknown)}")
    if changes and Contact.objects.filter(pk=contact.pk).update(**changes):
        emit("contact.updated", actor=by, contact=contact.pk, fields=sorted(changes))
