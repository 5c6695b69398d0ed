"""What a merge fills in where nothing was known, and how that is taken out again."""

from collections.abc import Iterable
from typing import Any

from samspill.contacts.models import Contact, Merge

PLAIN = ("name", "language", "country", "time_zone", "organisation_id", "responsible_id", "vip")
_EXTRA = "attributes:"


def known(contact: Contact) -> list[str]:
    """The fields that hold something; an attribute is `attributes:<its name>`."""
    extra = [f"{_EXTRA}{key}" for key, found in contact.attributes.items() if found not in ("", None)]
    return [field for field in PLAIN if value(contact, field)] + extra


def value(contact: Contact, field: str) -> Any:
    """What a field holds; None, "" or False where nothing is known."""
    if field.startswith(_EXTRA):
        return contact.attributes.get(field.removeprefix(_EXTRA))
    return getattr(contact, field)


def fill(kept: Contact, merged: Contact) -> list[str]:
    """Let `kept` take what is known of `merged` alone; returns the fields."""
    filled = [field for field in known(merged) if not value(kept, field)]
    for field in filled:
        _put(kept, field, value(merged, field))
    _save(kept)
    return filled


def unfill(undone: Merge) -> None:
    """Take out again what came by a merge that is no longer, unless it was changed since.

    What the merge had kept others from filling in, they fill in now; and so on with whom the kept one was taken into.
    """
    left = {field: value(undone.merged, field) for field in undone.filled}
    holder: Contact | None = undone.kept
    while holder and left:
        left = {field: old for field, old in left.items() if value(holder, field) == old}
        _fill_anew(holder, left)
        outer = active().filter(merged=holder).select_related("kept").first()
        left = {field: old for field, old in left.items() if outer and field in outer.filled}
        holder = outer.kept if outer else None


def settle(contact: Contact, fields: Iterable[str]) -> None:
    """These fields were set by hand: no merge has filled them any more, and none will."""
    changed = set(fields)
    for log in active().filter(kept=contact):
        log.filled = [field for field in log.filled if field not in changed]
        log.offered = [field for field in log.offered if field not in changed]
        log.save(update_fields=["filled", "offered"])


def active() -> Any:
    """Merges that have not been undone, the oldest first."""
    return Merge.objects.filter(undone_at=None).order_by("pk")


def _fill_anew(holder: Contact, fields: Iterable[str]) -> None:
    merges = list(active().filter(kept=holder).select_related("merged"))
    for field in fields:
        _put(holder, field, None)
        for log in merges:
            log.filled = [one for one in log.filled if one != field]
        giver = next((log for log in merges if field in log.offered and value(log.merged, field)), None)
        if giver:
            giver.filled.append(field)
            _put(holder, field, value(giver.merged, field))
    Merge.objects.bulk_update(merges, ["filled"])
    _save(holder)


def _put(contact: Contact, field: str, found: Any) -> None:
    if field.startswith(_EXTRA):
        key = field.removeprefix(_EXTRA)
        contact.attributes = {name: old for name, old in contact.attributes.items() if name != key}
        if found is not None:
            contact.attributes[key] = found
    else:
        setattr(contact, field, Contact._meta.get_field(field).get_default() if found is None else found)


def _save(contact: Contact) -> None:
    contact.save(update_fields=[*(field.removesuffix("_id") for field in PLAIN), "attributes"])
