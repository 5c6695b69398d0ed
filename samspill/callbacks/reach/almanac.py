"""Days that are not like others: public holidays by country from the package `holidays`, school holidays from spans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import holidays

from .facts import Almanac

EPOCH = date(1970, 1, 1).toordinal()
Spans = Mapping[str, Iterable[tuple[date, date]]]


def almanac(countries: Iterable[str], years: Iterable[int], school: Spans | None = None) -> Almanac:
    """Public holidays of these countries (ISO codes; unknown ones have none) and school holidays per region."""
    wanted, known = list(years), holidays.list_supported_countries()
    public = {
        c: frozenset(map(day_number, holidays.country_holidays(c, years=wanted)))
        for c in countries
        if c in known
    }
    spans = {region: list(spans) for region, spans in (school or {}).items()}
    return Almanac(public, {r: frozenset(d for s in found for d in _days(*s)) for r, found in spans.items()})


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return day.toordinal() - EPOCH


def _days(first: date, last: date) -> range:
    return range(day_number(first), day_number(last) + 1)
