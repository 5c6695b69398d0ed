"""What one portion of an import did, kept together and written with it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from samspill.imports.models import Brought, Import, Skipped


@dataclass
class Tally:
    """Counts, rows left out with their reason, and what was added."""

    counts: Counter[str] = field(default_factory=Counter)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    brought: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    conversations: dict[int, int] = field(default_factory=dict)  # touched → their contact

    def count(self, what: str, more: int = 1) -> None:
        """Count some."""
        if more:
            self.counts[what] += more

    def skip(self, place: str, reason: str) -> None:
        """Leave a row out."""
        self.skipped.append((place, reason))
        self.counts["skipped"] += 1

    def note(self, place: str, reason: str) -> None:
        """A row came in, but not all of it."""
        self.skipped.append((place, reason))
        self.counts["noted"] += 1

    def add(self, kind: str, row: int, **facts: Any) -> None:
        """Remember what was added."""
        self.brought.append((kind, row, facts))

    def keep(self, of: Import) -> None:
        """Write it down; `of` is saved by the caller."""
        of.counts = dict(Counter(of.counts) + self.counts)
        noted = [Skipped(of=of, place=place[-60:], reason=reason[:40]) for place, reason in self.skipped]
        Skipped.objects.bulk_create(noted, ignore_conflicts=True)
        rows = [Brought(of=of, kind=kind, row=row, facts=facts) for kind, row, facts in self.brought]
        Brought.objects.bulk_create(rows, ignore_conflicts=True)
