"""What exports write, in the house's own spelling: addresses, languages, countries."""

import re
from functools import lru_cache

import phonenumbers
from babel import Locale

from samspill.kit import languages
from samspill.workspace.current import workspace

_ADDRESS = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]+")
_CHINESE = {
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-hant": "zh-Hant",
    "zh-cn": "zh-Hans",
    "zh-hans": "zh-Hans",
}
_OTHERS = {"no": "nb", "zh": "zh-Hant"}
_READERS = ("en", "nb", "de", "zh_Hant")


def email(text: str) -> str:
    """A mail address in small letters; '' for what is none."""
    bare = text.strip().removeprefix("mailto:").casefold()
    return bare if len(bare) <= 254 and _ADDRESS.fullmatch(bare) else ""


def phone(text: str) -> str:
    """A number with its country, as +4722225555; '' for what cannot be one."""
    try:
        number = phonenumbers.parse(text, workspace().country)
    except phonenumbers.NumberParseException:
        return ""
    return (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if _is_possible(number)
        else ""
    )


def _is_possible(number: phonenumbers.PhoneNumber) -> bool:
    return bool(phonenumbers.is_possible_number(number))


def language(text: str) -> str:
    """A language by its code; '' where it is none we can name."""
    tag = text.strip().replace("_", "-").casefold()
    if tag in _CHINESE:
        return _CHINESE[tag]
    code = _OTHERS.get(tag.split("-")[0], tag.split("-")[0])
    if code in languages.NAMES or code in languages.HEARD:
        return code
    return _names("languages").get(tag, "")


def country(text: str) -> str:
    """A country by its two letters; '' where it is none."""
    bare = text.strip()
    if re.fullmatch("[A-Za-z]{2}", bare):
        return bare.upper()
    return _names("territories").get(bare.casefold(), "")


@lru_cache
def _names(what: str) -> dict[str, str]:
    """How the four languages of the product call languages or countries."""
    found: dict[str, str] = {}
    for reader in _READERS:
        for code, name in getattr(Locale.parse(reader), what).items():
            if what == "languages" or (len(code) == 2 and code.isalpha()):
                found.setdefault(name.casefold(), code)
    if what == "languages":
        known = set(languages.NAMES) | set(languages.HEARD)
        return {name: code for name, code in found.items() if code in known}
    return found
