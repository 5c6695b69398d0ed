"""Phone numbers, the same whichever service names them."""

import re

import phonenumbers

_MEXICO_AS_MOBILE = re.compile(r"^\+521(\d{10})$")  # the 1 is history, but some services still write it


def e164(text: str) -> str:
    """+4791234567; what is no such number (a short code, a sender in letters) stays as it is."""
    plain = re.sub(r"[^\d+]", "", text)
    if not re.fullmatch(r"\+?\d{7,15}", plain):
        return text.strip()
    number = _MEXICO_AS_MOBILE.sub(r"+52\1", "+" + plain.lstrip("+"))
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        return number
