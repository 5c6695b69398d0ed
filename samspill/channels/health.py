"""How an inbox fares: whatever talks to the outside service says so here."""

from datetime import datetime

from django.db import transaction

from samspill.channels.models import ChannelHealth
from samspill.conversations.models import Inbox
from samspill.kit import clock
from samspill.kit.events import emit

FRESH_S = 10  # a success is noted no more often than this


def well(inbox: Inbox, *, expires_at: datetime | None = None) -> None:
    """The inbox has just worked; where it was failing, that is over and everybody hears so."""
    known = ChannelHealth.objects.filter(inbox=inbox).first()
    if known and _nothing_new(known, expires_at):
        return
    with transaction.atomic():
        held = _held(inbox)
        failed = held.failing_since is not None
        if failed:
            emit("inbox.recovered", actor="system", inbox=inbox.pk, told=held.alerted_at is not None)
        held.succeeded_at, held.expires_at = clock.now(), expires_at or held.expires_at
        held.failing_since = held.alerted_at = None
        held.error = held.detail = ""
        held.save()


def failing(inbox: Inbox, code: str, detail: str = "") -> None:
    """The inbox does not work now, and why; the first moment of this failure is kept."""
    with transaction.atomic():
        held = _held(inbox)
        held.failing_since = held.failing_since or clock.now()
        held.error, held.detail = code[:40], detail[:200]
        held.save(update_fields=["failing_since", "error", "detail"])


def heard(inbox: Inbox) -> None:
    """Something came in; that the way out fails is not forgotten by it."""
    stale = ChannelHealth.objects.filter(inbox=inbox, failing_since=None)
    if not stale.filter(succeeded_at__gt=clock.ago(seconds=FRESH_S)).exists():
        ChannelHealth.objects.get_or_create(inbox=inbox)
        stale.update(succeeded_at=clock.now())


def _nothing_new(known: ChannelHealth, expires_at: datetime | None) -> bool:
    fresh = known.succeeded_at is not None and known.succeeded_at > clock.ago(seconds=FRESH_S)
    return fresh and known.failing_since is None and expires_at in (None, known.expires_at)


def _held(inbox: Inbox) -> ChannelHealth:
    ChannelHealth.objects.get_or_create(inbox=inbox)
    return ChannelHealth.objects.select_for_update().get(inbox=inbox)
