"""Entities and the reader as JSON, for asking another process in one hop."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from samspill.intelligence.entities.context import Context
from samspill.intelligence.entities.entity import Entity
from samspill.intelligence.entities.find import find
from samspill.intelligence.entities.numbers import STANDARD, OrderNumbers


def entities_of(text: str, reader: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Everything a text names as JSON objects; `reader` holds language, country, now (ISO 8601) and order_number."""
    return [to_json(one) for one in find(text, context_of(reader))]


def context_of(reader: Mapping[str, Any]) -> Context:
    """The reader from JSON; raises ValueError where `now` is no moment."""
    now = str(reader.get("now") or "")
    return Context(
        language=str(reader.get("language") or ""),
        country=str(reader.get("country") or "NO"),
        now=datetime.fromisoformat(now) if now else datetime.now(UTC),
        numbers=OrderNumbers(str(reader.get("order_number") or STANDARD)),
        names=tuple(str(name) for name in _list(reader.get("names"))),
        expects=frozenset(str(kind) for kind in _list(reader.get("expects"))),
    )


def to_json(one: Entity) -> dict[str, Any]:
    """One entity without its parts."""
    found: dict[str, Any] = {"kind": one.kind, "start": one.start, "end": one.end, "value": one.value}
    return found | ({"confidence": one.confidence} if one.confidence < 1 else {})


def from_json(found: Sequence[Mapping[str, Any]]) -> list[Entity]:
    """The other way round; raises KeyError or TypeError on anything else."""
    return [
        Entity(one["kind"], one["start"], one["end"], one["value"], one.get("confidence", 1.0))
        for one in found
    ]


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []
