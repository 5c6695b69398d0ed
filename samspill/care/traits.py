"""What two records of one person would share, kept as keyed hashes so that PostgreSQL can find who meets."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import phonenumbers
from django.db import transaction

from samspill.care.models import Trait
from samspill.care.names import levelled, loose
from samspill.contacts.models import Contact, Identity
from samspill.conversations.models import Message, Participant
from samspill.intelligence.entities.entity import LONGEST
from samspill.intelligence.entities.numbers import OrderNumbers
from samspill.kit import crypto
from samspill.workspace.current import workspace

SHORTEST_MAIL_NAME = 6
OFFICES = frozenset("""
    kontakt contact service support office verkauf einkauf postmottak firmapost faktura invoice rechnung billing
    accounts accounting buchhaltung regnskap kundeservice kundendienst customer salg sales marketing noreply
    newsletter hello webmaster helpdesk bestellung bestilling orders booking resepsjon empfang sekretariat
""".split())  # fmt: skip
Traits = dict[int, set[tuple[str, str]]]


@transaction.atomic
def note_traits(contacts: Sequence[Contact]) -> None:
    """Write down anew what these contacts could be met by; their identities are prefetched."""
    found = _of_records(contacts)
    for gather in (_orders, _addresses):
        for pk, trait in gather([contact.pk for contact in contacts]):
            found[pk].add(trait)
    Trait.objects.filter(contact__in=[contact.pk for contact in contacts]).delete()
    rows = [
        Trait(contact_id=pk, sign=sign, digest=crypto.digest("trait", f"{sign}:{text}")[:32])
        for pk, traits in found.items()
        for sign, text in sorted(traits)
    ]
    Trait.objects.bulk_create(rows, batch_size=2000)


def phone_number(value: str, country: str) -> str:
    """A number as the whole world dials it; "" where it is none."""
    try:
        number = phonenumbers.parse(value, country or workspace().country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _of_records(contacts: Sequence[Contact]) -> Traits:
    found: Traits = defaultdict(set)
    for contact in contacts:
        words = levelled(contact.name)
        if len(words) > 1 or (words and not words[0].isascii()):
            found[contact.pk].add(("name", " ".join(words)))
        found[contact.pk] |= {("loose", key) for key in loose(words)}
        for identity in contact.identities.all():
            found[contact.pk] |= set(_of_address(identity, contact.country))
    return found


def _of_address(identity: Identity, country: str) -> Iterator[tuple[str, str]]:
    if identity.kind == Identity.Kind.PHONE and (number := phone_number(identity.value, country)):
        yield "phone", number
    if identity.kind == Identity.Kind.EMAIL:
        yield "address", identity.value_hash
        local = identity.value.partition("@")[0].casefold().partition("+")[0]
        if len(local) >= SHORTEST_MAIL_NAME and local not in OFFICES:
            yield "mail_name", local.replace(".", "").replace("_", "").replace("-", "")


def _orders(contacts: Sequence[int]) -> Iterator[tuple[int, tuple[str, str]]]:
    numbers = OrderNumbers(workspace().order_number)
    said = Message.objects.filter(
        conversation__contact__in=contacts, direction=Message.Direction.IN, text__regex=r"\d{3}"
    )
    rows = said.order_by().values_list("conversation__contact", "text")
    for pk, text in rows.iterator(chunk_size=500):
        for number in numbers.find(text[:LONGEST]):
            yield pk, ("order", number)


def _addresses(contacts: Sequence[int]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Addresses somebody gave in a chat that are another's."""
    given = Participant.objects.filter(conversation__contact__in=contacts, conversation__threaded=False)
    rows = given.filter(identity__kind=Identity.Kind.EMAIL)
    for pk, digest in rows.values_list("conversation__contact", "identity__value_hash"):
        yield pk, ("address", digest)
