"""Findings come, are found again, and go: one for each matter, whatever the number of reviews."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from samspill.care.models import Finding
from samspill.care.owners import Owners
from samspill.kit import clock, crypto

State = Finding.State
Reasons = list[dict[str, Any]]


@dataclass(frozen=True)
class Found:
    """What a review saw; `proposed` is what a repair would write, None where only a person can tell."""

    kind: str
    contact: int
    about: str = ""
    other: int | None = None
    score: float = 1.0
    reasons: Reasons = field(default_factory=list)
    proposed: dict[str, Any] | None = None

    @property
    def key(self) -> tuple[str, str, int, int | None]:
        """What makes it the same matter."""
        return self.kind, self.about, self.contact, self.other


def write_down(found: Iterable[Found], contacts: Sequence[int], kinds: Sequence[str], owners: Owners) -> None:
    """Bring the findings about these contacts into line with what a review saw; what it did not see is gone.

    What was left as it is stays so, unless there is new evidence: a sign, or another repair, not seen then.
    """
    now = {one.key: one for one in found}
    rows = Finding.objects.filter(contact__in=contacts, kind__in=kinds).select_for_update(of=("self",))
    known = {(row.kind, row.about, row.contact_id, row.other_id): row for row in rows}
    _add([one for key, one in now.items() if key not in known], owners)
    changed = [row for key, row in known.items() if _renew(row, now.get(key))]
    Finding.objects.bulk_update(changed, ["state", "score", "reasons", "proposed", "due_on", "settled_at"])


def proposal(row: Finding) -> dict[str, Any]:
    """What the repair would write."""
    return dict(json.loads(crypto.unseal(row.proposed) or "{}")) if row.proposed else {}


def _add(fresh: Sequence[Found], owners: Owners) -> None:
    owned = owners.of([one.contact for one in fresh])
    rows = [
        Finding(
            kind=one.kind,
            about=one.about,
            contact_id=one.contact,
            other_id=one.other,
            score=one.score,
            reasons=one.reasons,
            proposed=_sealed(one.proposed),
            owner_id=owned.get(one.contact),
            due_on=owners.due_on,
        )
        for one in fresh
    ]
    Finding.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _renew(row: Finding, now: Found | None) -> bool:
    """Change a finding as it is seen now; False when nothing changes."""
    if now is None:
        if row.state == State.OPEN:
            row.state, row.settled_at = State.GONE, clock.now()
            return True
        return False
    if row.state == State.ACCEPTED or (row.state == State.REJECTED and not _new_evidence(row, now)):
        return False
    same = row.state == State.OPEN and row.reasons == now.reasons and proposal(row) == (now.proposed or {})
    row.state, row.score, row.reasons = State.OPEN, now.score, now.reasons
    row.proposed, row.settled_at = _sealed(now.proposed), None
    return not same


def _new_evidence(row: Finding, now: Found) -> bool:
    seen = {one["sign"] for one in row.reasons}
    strong = {one["sign"] for one in now.reasons if one.get("weight", 1) >= 1}
    return bool(strong - seen) or proposal(row) != (now.proposed or {})


def _sealed(proposed: dict[str, Any] | None) -> str:
    return crypto.seal(json.dumps(proposed)) if proposed else ""
