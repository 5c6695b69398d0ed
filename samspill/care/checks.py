"""What can be wrong with one record: out of date, incomplete, contradictory; each with the repair where it is plain."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

import phonenumbers

from samspill.care.facts import Facts
from samspill.care.finding import Found
from samspill.care.models import Finding
from samspill.care.names import levelled, same_person
from samspill.care.traits import phone_number
from samspill.contacts.models import Contact, Identity
from samspill.contacts.organise import domain_of, organisation_name
from samspill.kit import languages

Kind = Finding.Kind
KINDS = [Kind.STALE, Kind.INCOMPLETE, Kind.CONFLICT]
SURE = 0.9  # from here on many may be repaired with one click
_NAME_IN_MAIL = re.compile(r"([a-zà-ž]{2,20})[._]([a-zà-ž]{2,25}(?:-[a-zà-ž]{2,25})?)")
Check = Callable[[Facts, datetime], Iterator[Found]]


def check(facts: Facts, stale_before: datetime) -> Iterator[Found]:
    """Everything to be said about one record. Nothing is written."""
    for one in (_silent, _unreachable, _language, _country, _name, _organisation, _misplaced):
        yield from one(facts, stale_before)


def _silent(facts: Facts, stale_before: datetime) -> Iterator[Found]:
    contact = facts.contact
    last = max(filter(None, (facts.last_at, contact.created_at)))
    if last < stale_before and not contact.attributes.get("inactive"):
        yield _found(Kind.STALE, "silent", contact, {"inactive": True}, 1.0)


def _unreachable(facts: Facts, stale_before: datetime) -> Iterator[Found]:
    for identity in facts.identities:
        if identity.unreachable_at or identity.kind not in (Identity.Kind.EMAIL, Identity.Kind.PHONE):
            continue
        proposed = {"unreachable": identity.pk}
        if identity.pk in facts.returned:
            yield _found(Kind.STALE, f"returned:{identity.pk}", facts.contact, proposed, SURE)
        elif identity.kind == Identity.Kind.PHONE and not phone_number(identity.value, facts.contact.country):
            yield _found(Kind.STALE, f"no_number:{identity.pk}", facts.contact, proposed, SURE)


def _language(facts: Facts, stale_before: datetime) -> Iterator[Found]:
    said = [code for code in facts.languages if code in languages.NAMES and code != "und"]
    if not said:
        return
    code, times = Counter(said).most_common(1)[0]
    proposed = {"language": code}
    if not facts.contact.language:
        yield _found(Kind.INCOMPLETE, "language", facts.contact, proposed, times / len(said))
    elif facts.contact.language != code and times >= 3 and facts.contact.language not in said:
        yield _found(Kind.CONFLICT, "language", facts.contact, proposed, times / len(facts.languages))


def _country(facts: Facts, stale_before: datetime) -> Iterator[Found]:
    abroad = {code for one in facts.identities if (code := _dialled(one))}
    if len(abroad) != 1:
        return
    code = abroad.pop()
    if not facts.contact.country:
        yield _found(Kind.INCOMPLETE, "country", facts.contact, {"country": code}, SURE)
    elif facts.contact.country != code:
        yield _found(Kind.CONFLICT, "country", facts.contact, {"country": code}, 0.6)


def _name(facts: Facts, stale_before: datetime) -> Iterator[Found]:
    contact = facts.contact
    told = facts.sender if "@" not in facts.sender else ""
    if not contact.name:
        name = told or _named_in_mail(facts)
        if name:
            yield _found(Kind.INCOMPLETE, "name", contact, {"name": name}, SURE if told else 0.7)
    elif told and same_person(levelled(contact.name), levelled(told)) == "names_differ":
        yield _found(Kind.CONFLICT, "name", contact, {"name": told}, 0.5)


def _organisation(facts: Facts, stale_before: datetime) -> Iterator[Found]:
    mails = [one.value for one in facts.identities if one.kind == Identity.Kind.EMAIL]
    domains = {domain for address in mails if (domain := domain_of(address))}
    if facts.contact.organisation_id is None and len(domains) == 1:
        domain = domains.pop()
        proposed = {"domain": domain, "organisation": organisation_name(domain)}
        yield _found(Kind.INCOMPLETE, "organisation", facts.contact, proposed, SURE)


def _misplaced(facts: Facts, stale_before: datetime) -> Iterator[Found]:
    if facts.misplaced:
        yield _found(Kind.CONFLICT, "address", facts.contact, {"conversations": facts.misplaced}, 0.8)


def _found(kind: str, about: str, contact: Contact, proposed: dict[str, object], sure: float) -> Found:
    reasons = [{"sign": f"{kind}_{about.partition(':')[0]}"}]
    return Found(kind, contact.pk, about, None, round(sure, 2), reasons, proposed)


def _dialled(identity: Identity) -> str:
    """The country of a number that was written with its country; what was written without tells nothing."""
    value = identity.value.strip()
    if identity.kind != Identity.Kind.PHONE or not value.startswith(("+", "00")):
        return ""
    if number := phone_number("+" + value.lstrip("+0"), ""):
        return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""
    return ""


def _named_in_mail(facts: Facts) -> str:
    for one in facts.identities:
        hit = one.kind == Identity.Kind.EMAIL and _NAME_IN_MAIL.fullmatch(
            one.value.partition("@")[0].casefold()
        )
        if hit:
            return " ".join(part.title() for part in hit.groups())
    return ""
