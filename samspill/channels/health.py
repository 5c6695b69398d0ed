"""How an inbox fares, told by whatever talks to its outside service."""

from datetime import datetime

from django.db import transaction

from samspill.channels.models import ChannelHealth
from samspill.conversations.models import Inbox
from samspill.kit import clock
from samspill.kit.events import emit

FRESH_S = 20  # a success is noted no more often than this


def well(inbox: Inbox, part: str = "", expires_at: datetime | None = None) -> None:
    """The outside service answered as it should; a failure that was known of this part is over and everybody hears so.

    An inbox may have two parts that fail apart, as reading and sending; a failure's code begins with its part.
    """
    known = ChannelHealth.objects.filter(inbox=inbox).first()
    if known is None or not _nothing_new(known, expires_at):
        _note(inbox, part, expires_at)


@transaction.atomic
def failing(inbox: Inbox, code: str, detail: str = "") -> None:
    """The outside service does not answer as it should; the moment this began is kept until it does again.

    `detail` is the service's own words, without personal data.
    """
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


@transaction.atomic
def _note(inbox: Inbox, part: str, expires_at: datetime | None) -> None:
    held = _held(inbox)
    if held.failing_since and held.error.startswith("smtp_") != (part == "smtp"):
        ChannelHealth.objects.filter(pk=held.pk).update(succeeded_at=clock.now())
        return
    if held.failing_since:
        emit("inbox.recovered", actor="system", inbox=inbox.pk, told=held.alerted_at is not None)
    held.succeeded_at, held.expires_at = clock.now(), expires_at or held.expires_at
    held.failing_since = held.alerted_at = None
    held.error = held.detail = ""
    held.save()


def _nothing_new(known: ChannelHealth, expires_at: datetime | None) -> bool:
    fresh = known.succeeded_at is not None and known.succeeded_at > clock.ago(seconds=FRESH_S)
    return fresh and known.failing_since is None and expires_at in (None, known.expires_at)


def _held(inbox: Inbox) -> ChannelHealth:
    ChannelHealth.objects.get_or_create(inbox=inbox)
    return ChannelHealth.objects.select_for_update().get(inbox=inbox)
