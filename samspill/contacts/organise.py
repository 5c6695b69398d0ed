"""Which organisation a contact belongs to, told by the mail domain; never by that of a free mail provider."""

from functools import cache
from importlib import resources

from django.db import IntegrityError, transaction

from samspill.contacts.models import Organisation

# endings under which names are registered one level deeper
_SECOND = {"co", "com", "org", "net", "ac", "gov", "edu", "ne", "or", "go", "idv", "gob"}


def domain_of(address: str) -> str:
    """What an address tells of an organisation: its domain in small letters, "" for a free mail provider's."""
    domain = address.rpartition("@")[2].strip().casefold().rstrip(".")
    return "" if "." not in domain or is_free(domain) else domain


def is_free(domain: str) -> bool:
    """Whether anybody can have an address at this domain."""
    parts = domain.split(".")
    tails = {".".join(parts[start:]) for start in range(len(parts) - 1)}
    return bool(tails & _free()) or (_name(parts) in _free())


def organisation_name(domain: str) -> str:
    """What to call an organisation of which nothing but its domain is known: nordlys-solar.no → Nordlys Solar."""
    return _name(domain.split(".")).replace("-", " ").title()


def organisation_of(domain: str) -> Organisation:
    """The organisation with this domain; noted under a name made of it where there is none."""
    known = Organisation.objects.filter(domain=domain).order_by("pk").first()
    if known:
        return known
    for name in (organisation_name(domain)[:160], domain[:160]):
        try:
            with transaction.atomic():
                return Organisation.objects.create(name=name, domain=domain)
        except IntegrityError:  # another organisation has this name
            continue
    return Organisation.objects.get(name=domain[:160])


def _name(parts: list[str]) -> str:
    deep = len(parts) > 2 and parts[-2] in _SECOND
    return parts[-3] if deep else parts[-2] if len(parts) > 1 else parts[0]


@cache
def _free() -> frozenset[str]:
    text = resources.files("samspill.contacts").joinpath("data", "free_mail.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and line[0] != "#")
