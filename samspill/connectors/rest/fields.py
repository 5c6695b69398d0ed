"""Reading a JSON answer by a map of dotted paths, so that a shop is connected without code."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware

MOST = Decimal(10) ** 12


def pick(row: Any, path: str) -> Any:
    """What lies at `a.b.0.c` in nested objects and lists; None where nothing does."""
    for step in path.split(".") if path else []:
        if isinstance(row, Mapping):
            row = row.get(step)
        elif isinstance(row, list) and step.isdigit() and int(step) < len(row):
            row = row[int(step)]
        else:
            return None
    return row


def text(row: Any, path: str) -> str:
    """As text, at most 400 characters; empty where nothing is."""
    value = pick(row, path) if path else None
    return "" if value is None or isinstance(value, (dict, list)) else str(value)[:400]


def amount(row: Any, path: str) -> Decimal:
    """As money; zero where it is none that anybody could pay."""
    try:
        found = Decimal(text(row, path) or "0")
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() and abs(found) < MOST and found.as_tuple().exponent > -9 else Decimal(0)


def moment(row: Any, path: str) -> datetime | None:
    """As a moment, UTC where no zone is given."""
    raw = text(row, path)
    try:
        found = parse_datetime(raw) or None
    except ValueError:
        return None
    if found is None:
        day = day_of(row, path)
        found = datetime(day.year, day.month, day.day) if day else None
    return make_aware(found) if found and is_naive(found) else found


def day_of(row: Any, path: str) -> date | None:
    """As a day."""
    try:
        return parse_date(text(row, path)[:10])
    except ValueError:
        return None


def web_address(row: Any, path: str) -> str:
    """As a web address; empty where it is anything else."""
    value = text(row, path)
    return value if value.startswith(("https://", "http://")) else ""


def rows(row: Any, path: str) -> list[Any]:
    """As a list of at most 100 rows."""
    found = pick(row, path)
    return found[:100] if isinstance(found, list) else []
