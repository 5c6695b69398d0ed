"""Which records may be one person: those that meet in a trait few others share. Never all against all."""

import json
from collections.abc import Iterator

from django.db import connection
from django.db.models import Prefetch

from samspill.care.names import levelled, same_person
from samspill.care.traits import phone_number
from samspill.contacts.models import Contact, Identity
from samspill.contacts.organise import domain_of

MOST = 30  # what more records share says nothing about two of them
# which sign a shared trait is; names are compared again, because a key of theirs is only a way to meet
SIGNS = {
    "phone": "same_phone",
    "order": "same_order",
    "mail_name": "same_mail_name",
    "address": "gave_address",
}
Signs = dict[str, int]  # sign → by how many records it is shared
_MEET = """
WITH mine AS (
    SELECT contact_id, sign, digest FROM samspill_trait WHERE contact_id BETWEEN %s AND %s
), shared AS (
    SELECT sign, digest, count(*) AS n FROM samspill_trait
    WHERE (sign, digest) IN (SELECT sign, digest FROM mine)
    GROUP BY sign, digest HAVING count(*) BETWEEN 2 AND %s
)
SELECT mine.contact_id, other.contact_id, jsonb_object_agg(sign, n)::text
FROM mine JOIN shared USING (sign, digest) JOIN samspill_trait other USING (sign, digest)
WHERE other.contact_id > mine.contact_id GROUP BY 1, 2
"""


def pairs(first: int, last: int) -> Iterator[tuple[Contact, Contact, Signs]]:
    """Every pair whose first contact's id lies in this range, with all that speaks for and against it."""
    with connection.cursor() as cursor:
        cursor.execute(_MEET, [first, last, MOST])
        met = {(left, right): json.loads(traits) for left, right, traits in cursor.fetchall()}
    people = _people({pk for pair in met for pk in pair})
    for (left, right), traits in met.items():
        if left in people and right in people:
            yield people[left], people[right], _signs(people[left], people[right], traits)


def between(left: Contact, right: Contact) -> Signs:
    """What speaks for and against two records being one person, whether they meet or not."""
    first, second = sorted((left.pk, right.pk))
    met = [signs for _one, other, signs in pairs(first, first) if other.pk == second]
    if met:
        return met[0]
    people = _people({first, second})
    return _signs(people[first], people[second], {})


def _people(pks: set[int]) -> dict[int, Contact]:
    mails = Identity.objects.filter(kind__in=(Identity.Kind.EMAIL, Identity.Kind.PHONE))
    rows = Contact.objects.filter(pk__in=pks, merged_into=None)
    return {one.pk: one for one in rows.prefetch_related(Prefetch("identities", mails, "addresses"))}


def _signs(left: Contact, right: Contact, traits: dict[str, int]) -> Signs:
    found = {SIGNS[trait]: shared for trait, shared in traits.items() if trait in SIGNS}
    name = same_person(levelled(left.name), levelled(right.name))
    if name:
        found[name] = traits.get("name" if name == "same_name" else "loose", 2)
    if "same_phone" in found and _proven(left) & _proven(right):
        found["proven_phone"] = 2
    if _domains(left) & _domains(right):
        found["same_domain"] = 2
    return found | _agreement(left, right)


def _agreement(left: Contact, right: Contact) -> Signs:
    found = {}
    for field in ("language", "country"):
        one, other = getattr(left, field), getattr(right, field)
        if one and other:
            found[f"{field}_{'agrees' if one == other else 'differs'}"] = 2
    return found


def _domains(contact: Contact) -> set[str]:
    mails = [one for one in contact.addresses if one.kind == Identity.Kind.EMAIL]  # type: ignore[attr-defined]
    return {domain_of(one.value) for one in mails} - {""}


def _proven(contact: Contact) -> set[str]:
    phones = [one for one in contact.addresses if one.kind == Identity.Kind.PHONE]  # type: ignore[attr-defined]
    return {phone_number(one.value, contact.country) for one in phones if one.verified_at} - {""}
