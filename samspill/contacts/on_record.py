"""What we know a customer by, so that it can be recognised in a text and kept back."""

from samspill.contacts.models import Contact, Identity

SHORTEST = 5


def words_on_record(contact: Contact) -> tuple[str, ...]:
    """Name, mail addresses, phone numbers, and what the record holds besides that looks like an address."""
    reached = (Identity.Kind.EMAIL, Identity.Kind.PHONE)
    addresses = (one.value for one in contact.identities.all() if one.kind in reached)
    values = [contact.name, *addresses, *_texts(contact.attributes)]
    return tuple(dict.fromkeys(value for value in values if value))


def _texts(found: object) -> list[str]:
    if isinstance(found, dict):
        return [text for value in found.values() for text in _texts(value)]
    if isinstance(found, list):
        return [text for value in found for text in _texts(value)]
    return [found] if isinstance(found, str) and len(found) >= SHORTEST and not found.isalpha() else []
