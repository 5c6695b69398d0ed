from typing import Any

from django.db import transaction

from samspill.contacts.filling import settle
from samspill.contacts.models import Contact
from samspill.kit.events import emit

CHANGEABLE = {
    "name",
    "language",
    "country",
    "vip",
    "time_zone",
    "organisation_id",
    "responsible_id",
    "attributes",
}


@transaction.atomic
def update(contact: Contact, *, by: str, **changes: Any) -> None:
    """Change what is known of a contact. The event says which fields, never what they hold."""
    if unknown := set(changes) - CHANGEABLE:
        raise ValueError(f"cannot change {sorted(unknown)}")
    if not changes:
        return
    held = Contact.objects.select_for_update(no_key=True, of=("self",)).get(pk=contact.pk)
    settle(held, _named(held, changes))
    Contact.objects.filter(pk=held.pk).update(**changes)
    emit("contact.updated", actor=by, contact=held.pk, fields=sorted(changes))


def _named(held: Contact, changes: dict[str, Any]) -> list[str]:
    """The fields that really change, an attribute by its own name."""
    plain = [name for name, new in changes.items() if name != "attributes" and getattr(held, name) != new]
    old, new = held.attributes, changes.get("attributes", held.attributes)
    return plain + [f"attributes:{key}" for key in {*old, *new} if old.get(key) != new.get(key)]
