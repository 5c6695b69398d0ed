"""What a finder is told about the reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from samspill.intelligence.entities.numbers import OrderNumbers
from samspill.intelligence.entities.products import Products


@dataclass(frozen=True)
class Context:
    """Who reads: language and country decide conventions, `now` (with its time zone) what “tomorrow” is.

    `names` are names and addresses the caller knows already; `expects` are kinds just asked for, read generously.
    """

    language: str = ""
    country: str = "NO"
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    numbers: OrderNumbers = field(default_factory=OrderNumbers)
    articles: tuple[str, ...] = ()  # masks of article numbers
    names: Sequence[str] = ()
    products: Products | None = None
    expects: frozenset[str] = frozenset()

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """Where phone numbers without a country code may belong."""
        own = {
            "zh-Hant": "TW",
            "de": "DE",
            "nb": "NO",
            "nn": "NO",
            "da": "DK",
            "sv": "SE",
            "nl": "NL",
            "fr": "FR",
            "fi": "FI",
        }
        here = own.get(self.language, self.country)
        return tuple(dict.fromkeys((here, self.country, "NO", "DE", "TW")))
