"""What a finder gives back."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 4_000  # characters that are read; what lies behind is left unread


@dataclass(frozen=True)
class Entity:
    """A piece of a text: text[start:end] means `value`.

    `value` is ISO 8601 for times (`2026-03-12T15:00:00+01:00`, `2026-05-04/2026-05-06`, `PT1H`), a number and an ISO
    4217 code for amounts (`1299.50 NOK`), E.164 for phones, the number or SKU as the company writes it, else text.
    """

    kind: str
    start: int
    end: int
    value: str = ""
    confidence: float = 1.0
    parts: tuple["Entity", ...] = ()  # the day and the hour of a moment


def without_overlaps(found: Sequence[Entity]) -> list[Entity]:
    """Of two that overlap the longer stays, of two as long the surer, then the earlier named; in reading order."""
    starts: list[int] = []
    kept: list[Entity] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, -one.confidence)):
        at = bisect(starts, one.start)
        if (at == 0 or kept[at - 1].end <= one.start) and (at == len(kept) or one.end <= kept[at].start):
            starts.insert(at, one.start)
            kept.insert(at, one)
    return kept
