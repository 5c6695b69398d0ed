"""Which intents the assistant may answer by itself, and how its prepared replies to each fared."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Avg, Count, Q

from samspill.assistant.brains.examples import QUESTION
from samspill.assistant.models import Approval, PreparedReply
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.training import labels
from samspill.workspace.models import Agent

State = PreparedReply.State
LEAST, LOWEST = 0.9, 0.5
DAYS = 90
ENOUGH, SHARE = 20, 0.9  # replies settled, and the share of them sent unchanged, from which on we suggest it


class UnknownLabel(Exception):
    """There is nothing of this name that the assistant could be allowed to answer."""


@transaction.atomic
def approve(intent: str, least: float, by: Agent) -> Approval:
    """The assistant answers mails of this intent by itself where it is at least so sure. Raises UnknownLabel."""
    if intent not in dict(offered()):
        raise UnknownLabel(intent)
    least = min(1.0, max(LOWEST, least))
    approval, _made = Approval.objects.update_or_create(intent=intent, defaults={"least": least, "by": by})
    emit("approval.given", actor=by.actor, intent=intent, least=least)
    return approval


@transaction.atomic
def withdraw(intent: str, by: Agent) -> bool:
    """Every reply of this intent waits for a person again; False where it did already."""
    gone, _rows = Approval.objects.filter(intent=intent).delete()
    if gone:
        emit("approval.withdrawn", actor=by.actor, intent=intent)
    return bool(gone)


@dataclass(frozen=True)
class Record:
    """How the replies prepared for an intent fared, and whether it is approved."""

    intent: str
    title: str
    n: int = 0  # prepared
    unchanged: int = 0
    edited: int = 0
    dismissed: int = 0
    overtaken: int = 0
    alone: int = 0  # sent by the assistant
    waiting: int = 0
    confidence: float | None = None
    approval: Approval | None = None

    @property
    def judged(self) -> int:
        """Replies on which a person has decided."""
        return self.unchanged + self.edited + self.dismissed

    @property
    def ready(self) -> bool:
        """Whether people have sent so many of them unchanged that it may well go by itself."""
        return self.approval is None and self.judged >= ENOUGH and self.unchanged >= SHARE * self.judged

    def share(self, count: int) -> int | None:
        """Of 100 decided ones; None while there are none."""
        return round(100 * count / self.judged) if self.judged else None


def offered() -> list[tuple[str, str]]:
    """(name, title) of every intent a reply can be prepared for: not those that always go to a person."""
    ships = {one.name: one for one in labels.shipped().values()}
    never = {
        name
        for name, one in ships.items()
        if one.leads_to == "person" or name in ("complaint", "out_of_scope")
    }
    return [(name, title) for name, title in labels.choices() if name not in never or name == QUESTION]


def records() -> list[Record]:
    """Every intent with its record of the last months, those with most replies first."""
    counted, approvals = _counts(), {one.intent: one for one in Approval.objects.select_related("by")}
    rows = [
        Record(name, title, **counted.get(name, {}), approval=approvals.get(name))
        for name, title in offered()
    ]
    return sorted(rows, key=lambda row: (-row.n, row.title))


def _counts() -> Mapping[str, dict[str, float]]:
    since = clock.ago(days=DAYS)
    rows = PreparedReply.objects.filter(at__gte=since).order_by().values("intent")
    counted = rows.annotate(
        n=Count("pk"),
        unchanged=Count("pk", filter=Q(state=State.USED)),
        edited=Count("pk", filter=Q(state=State.EDITED)),
        dismissed=Count("pk", filter=Q(state=State.DISMISSED)),
        overtaken=Count("pk", filter=Q(state=State.OVERTAKEN)),
        alone=Count("pk", filter=Q(state=State.SENT)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        confidence=Avg("confidence"),
    )
    return {row.pop("intent"): row for row in counted}
