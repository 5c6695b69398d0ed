"""How an inbox fares, told by whatever talks to its outside service."""

from datetime import datetime

from django.db import transaction

from samspill.channels.models import ChannelHealth
from samspill.conversations.models import Inbox
from samspill.kit import clock
from samspill.kit.events import emit

FRESH_S = 20


@transaction.atomic
def well(inbox: Inbox, part: str = "", expires_at: datetime | None = None) -> None:
    """The outside service answered as it should; a failure that was known of this part is over.

    An inbox may have two parts that fail apart, as reading and sending; a failure's code begins with its part.
    """
    held, _ = ChannelHealth.objects.select_for_update().get_or_create(inbox=inbox)
    if held.failing_since and held.error.startswith("smtp_") != (part == "smtp"):
        ChannelHealth.objects.filter(pk=held.pk).update(succeeded_at=clock.now())
        return
    if held.failing_since:
        emit("channel.recovered", actor="system", inbox=inbox.pk)
    elif held.succeeded_at and held.succeeded_at > clock.ago(seconds=FRESH_S):
        return
    held.succeeded_at, held.failing_since, held.alerted_at = clock.now(), None, None
    held.error = held.detail = ""
    held.expires_at = expires_at or held.expires_at
    held.save()


@transaction.atomic
def failing(inbox: Inbox, code: str, detail: str = "") -> None:
    """The outside service does not answer as it should; the moment this began is kept until it does again.

    `detail` is the service's own words, without personal data.
    """
    held, _ = ChannelHealth.objects.select_for_update().get_or_create(inbox=inbox)
    if held.failing_since is None:
        held.failing_since = clock.now()
        emit("channel.failing", actor="system", inbox=inbox.pk, code=code[:40])
    held.error, held.detail = code[:40], detail[:200]
    held.save()
