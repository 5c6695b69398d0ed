"""Contacts as the reach model knows them."""

from samspill.callbacks.number import country_of, kind_of, zones_of
from samspill.callbacks.reach.facts import Person
from samspill.contacts.models import Contact
from samspill.workspace.current import workspace

TRAITS = ("industry", "role")  # attributes of the contact; the kind of number comes third


def person(contact: Contact, number: str) -> Person:
    """Where and when somebody lives: the number before the record; industry, role and kind of number."""
    country = (country_of(number) if number else "") or contact.country or workspace().country
    region = str(contact.attributes.get("region", "")) or country
    traits = tuple(_trait(contact, name) for name in TRAITS)
    return Person(
        contact.pk, zone(contact, number), country, region, (*traits, kind_of(number) if number else None)
    )


def zone(contact: Contact, number: str) -> str:
    """The number's time zone; where it may lie in several, the record's or else ours if it is one of them."""
    possible = zones_of(number) if number else []
    for known in (contact.time_zone, workspace().time_zone):
        if known and (not possible or known in possible):
            return known
    return possible[0]


def _trait(contact: Contact, name: str) -> str | None:
    found = contact.attributes.get(name)
    return str(found).strip().casefold()[:60] if found else None
