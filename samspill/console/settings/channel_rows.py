"""What the page of channels shows, in as many queries for one inbox as for a hundred."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from samspill.channels.models import ChannelHealth
from samspill.channels.port import channel_of
from samspill.channels.words import failure, not_read, not_sent
from samspill.conversations.models import Dispatch, Inbound, Inbox
from samspill.kit import clock

WARN_DAYS = 14
LATE_MINUTES = 5
MOST = 50
CHANNELS = {
    "webchat": _("Chat"), "api": "API", "email": _("E-mail"), "form": _("Contact form"), "whatsapp": "WhatsApp",
    "messenger": "Messenger", "instagram": "Instagram", "telegram": "Telegram", "line": "LINE", "sms": "SMS",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One inbox and how it fares."""

    inbox: Inbox
    health: ChannelHealth | None
    heard_at: datetime | None

    @property
    def channel(self) -> str:
        """What kind of inbox it is."""
        return str(CHANNELS.get(self.inbox.channel, self.inbox.channel))

    @property
    def testable(self) -> bool:
        """Whether there is an outside service to ask."""
        return channel_of(self.inbox) is not None

    @property
    def unset(self) -> bool:
        """Whether it is an e-mail inbox that nobody has connected to a mailbox."""
        return self.inbox.channel == "email" and not self.inbox.settings.get("mail")

    @property
    def failing(self) -> tuple[str, str] | None:
        """What is wrong and what helps, while it fails."""
        fails = self.health and self.health.failing_since
        return failure(self.health.error, self.inbox.channel) if self.health and fails else None

    @property
    def worked_at(self) -> datetime | None:
        """When it last worked, as far as we know."""
        known = [moment for moment in (self.health and self.health.succeeded_at, self.heard_at) if moment]
        return max(known, default=None)

    @property
    def expires(self) -> str:
        """`over`, `soon`, `later`, or empty where the service does not tell."""
        ends = self.health.expires_at if self.health else None
        if ends is None:
            return ""
        left = ends - clock.now()
        return "over" if left <= timedelta() else "soon" if left < timedelta(days=WARN_DAYS) else "later"

    @property
    def late(self) -> bool:
        """Whether something waits longer than it should."""
        first = self.inbox.first_waiting  # type: ignore[attr-defined]
        return first is not None and first < clock.ago(minutes=LATE_MINUTES)


def rows() -> list[Row]:
    """Every inbox, those that fail first."""
    waiting = Dispatch.objects.filter(inbox=OuterRef("pk"), state=Dispatch.State.WAITING)
    inbound = Inbound.objects.filter(inbox=OuterRef("pk"))
    backlog = inbound.filter(state=Inbound.State.STORED)
    found = Inbox.objects.select_related("health").annotate(
        waiting=_counted(waiting),
        backlog=_counted(backlog),
        unread=_counted(inbound.filter(state=Inbound.State.FAILED)),
        first_waiting=Subquery(backlog.order_by("at").values("at")[:1]),
        heard_at=Subquery(inbound.order_by("-id").values("at")[:1]),
    )
    listed = [Row(inbox, getattr(inbox, "health", None), inbox.heard_at) for inbox in found.order_by("pk")]
    return sorted(listed, key=lambda row: (row.failing is None, not row.inbox.enabled, row.inbox.pk))


def failed_deliveries() -> list[Inbound]:
    """The newest deliveries that could not be read, with the reason in words."""
    failed = Inbound.objects.filter(state=Inbound.State.FAILED).select_related("inbox").defer("raw")
    found = list(failed.order_by("-pk")[:MOST])
    for inbound in found:
        inbound.words = not_read(inbound.error)  # type: ignore[attr-defined]
    return found


def failed_dispatches() -> list[Dispatch]:
    """The newest messages of ours that did not arrive, with the reason in words."""
    failed = Dispatch.objects.filter(state=Dispatch.State.FAILED)
    found = list(failed.select_related("inbox", "message__conversation__contact").order_by("-pk")[:MOST])
    for dispatch in found:
        dispatch.words = not_sent(dispatch.error)  # type: ignore[attr-defined]
    return found


def _counted(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("inbox").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
