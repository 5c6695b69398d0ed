"""Phone numbers people leave: checked, and what can be told from them."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType, timezone

from samspill.callbacks.errors import BadNumber

COSTLY = {PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN}
KINDS = {PhoneNumberType.MOBILE: "mobile", PhoneNumberType.FIXED_LINE: "fixed", PhoneNumberType.VOIP: "voip"}


def checked(text: str, country: str) -> str:
    """The number as +4722225555, read as of `country` where it names none; raises BadNumber."""
    if not text.strip():
        raise BadNumber("missing")
    try:
        number = phonenumbers.parse(text[:60], country or None)
    except NumberParseException:
        raise BadNumber("no_number") from None
    if not phonenumbers.is_valid_number(number):
        raise BadNumber("not_in_use")
    if phonenumbers.number_type(number) in COSTLY:
        raise BadNumber("costs")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """+47 22 22 55 55"""
    return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL)


def masked(number: str) -> str:
    """+47 •• •• •• 55: enough for its owner to know it."""
    told = shown(number)
    country = f"+{phonenumbers.parse(number).country_code}"
    hidden = "".join("•" if c.isdigit() else c for c in told[len(country) : -2])
    return country + hidden + told[-2:]


def country_of(number: str) -> str:
    """Its country as ISO code; '' for numbers of no country."""
    return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""


def kind_of(number: str) -> str | None:
    """mobile, fixed or voip; None where numbers do not tell."""
    return KINDS.get(phonenumbers.number_type(phonenumbers.parse(number)))


def zones_of(number: str) -> list[str]:
    """The time zones the number may be in."""
    found = timezone.time_zones_for_number(phonenumbers.parse(number))
    return [zone for zone in found if zone != "Etc/Unknown"]
