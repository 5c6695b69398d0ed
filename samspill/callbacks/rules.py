"""The rules of calling as the company set them, over the ones that ship with the product."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from samspill.callbacks.models import Callback, CallbackSettings
from samspill.callbacks.people import person
from samspill.callbacks.reach.almanac import almanac
from samspill.callbacks.reach.clock import HOUR, moments
from samspill.callbacks.reach.facts import Almanac
from samspill.callbacks.reach.rules import Hours, Rules, spans_of
from samspill.kit import clock


def rules() -> Rules:
    """Legal hours per country, rest, and how often."""
    held = CallbackSettings.current()
    countries = {code: _hours(one) for code, one in {**shipped(), **held.legal}.items()}
    default = countries.pop("default", Hours())
    return Rules(
        default, countries, int(held.rest_hours * HOUR), held.per_day, held.attempts, float(held.days)
    )


@cache
def shipped() -> dict[str, dict[str, Any]]:
    """`data/legal.yml`: {country or "default": {"week": [day, …7], "holidays": bool}}.

    A day is [from, until], several of them with breaks between, or null.
    """
    text = (Path(__file__).parent / "data/legal.yml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return found


def legal_now(callback: Callback) -> bool:
    """Whether calling is allowed where the person is."""
    assert callback.identity is not None
    who, now = person(callback.contact, callback.identity.value), clock.now()
    at = moments(np.array([int(now.timestamp())]), who.zone)
    public = days([who.country], now).public.get(who.country, frozenset())
    return bool(rules().allowed(at, who.country, public)[0])


def days(countries: list[str], now: datetime) -> Almanac:
    """Holidays of these countries around now."""
    return _days(tuple(sorted(set(countries))), now.year, str(CallbackSettings.current().school))


@cache
def _days(countries: tuple[str, ...], year: int, school: str) -> Almanac:
    spans = {
        region: [(datetime.fromisoformat(a).date(), datetime.fromisoformat(b).date()) for a, b in found]
        for region, found in CallbackSettings.current().school.items()
    }
    return almanac(countries, range(year - 2, year + 2), spans)


def _hours(one: dict[str, Any]) -> Hours:
    week = tuple(spans_of(day) for day in one["week"])
    return Hours(week, bool(one.get("holidays", False)))
