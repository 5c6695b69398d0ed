"""Sentences: the right language, the placeholders filled, dates and money as people write them."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from samspill.flows.flow import Texts

_PLACEHOLDER = re.compile(r"\{\s*([\w.]+)\s*(?:\|\s*(\w+)\s*)?\}")

Words = Mapping[str, Texts]


def pick(texts: Texts, language: str) -> str:
    """The sentence in this language, else in English, else in whatever there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def look_up(path: str, values: Mapping[str, Any]) -> Any:
    """Follows a dotted path through data; None where there is nothing."""
    found: Any = values
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def fill(sentence: str, values: Mapping[str, Any], language: str, terms: Words | None = None) -> str:
    """The sentence with its placeholders replaced; unknown ones become empty, never an error."""

    def replace(match: re.Match[str]) -> str:
        return _show(look_up(match[1], values), match[2] or "", language, terms or {})

    return re.sub(r"[ \t]{2,}", " ", _PLACEHOLDER.sub(replace, sentence)).strip()


def placeholders(sentence: str) -> list[tuple[str, str]]:
    """Every (path, filter) a sentence mentions, for the checker."""
    return [(match[1], match[2] or "") for match in _PLACEHOLDER.finditer(sentence)]


def locale(language: str) -> Locale:
    """The locale behind a language code; English when unknown."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _show(value: Any, how: str, language: str, terms: Words) -> str:
    if value is None:
        return ""
    if how == "term":
        return pick(terms.get(str(value), {}), language) or str(value)
    try:
        return FILTERS[how](value, locale(language)) if how in FILTERS else _plain(value, locale(language))
    except (ValueError, TypeError, ArithmeticError):
        return str(value)


def _plain(value: Any, where: Locale) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return format_decimal(value, locale=where) if isinstance(value, float) else str(value)


def _date(value: Any, where: Locale) -> str:
    day = value if isinstance(value, date) else datetime.fromisoformat(str(value))
    return format_date(day, "long", locale=where)


def _time(value: Any, where: Locale) -> str:
    return format_time(datetime.fromisoformat(str(value)), "short", locale=where)


def _money(value: Any, where: Locale) -> str:
    return format_currency(value["amount"], value["currency"], locale=where)


def _list(value: Any, where: Locale) -> str:
    return format_list([str(item) for item in value], locale=where)


def _lines(value: Any, where: Locale) -> str:
    return "\n".join(str(item) for item in value)


def _country(value: Any, where: Locale) -> str:
    return str(where.territories.get(str(value), value))


FILTERS: Mapping[str, Callable[[Any, Locale], str]] = {
    "date": _date,
    "time": _time,
    "money": _money,
    "list": _list,
    "lines": _lines,
    "country": _country,
}
