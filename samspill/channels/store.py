"""Raw first: a delivery is kept before anything is done with it."""

import json
from typing import Any

from django.db import connection, transaction

from samspill.conversations.models import Inbox
from samspill.kit.events import emit


@transaction.atomic
def store(inbox: Inbox, key: str, raw: bytes, headers: dict[str, Any] | None = None) -> int | None:
    """Keep a delivery and have it processed; its id, or None when it was there already.

    `key` is what the outside service keeps the same when it delivers again.
    """
    inbound = keep(inbox, key, raw, headers)
    if inbound is not None:
        emit("inbound.stored", actor="system", inbound=inbound, inbox=inbox.pk)
    return inbound


def keep(inbox: Inbox, key: str, raw: bytes, headers: dict[str, Any] | None = None) -> int | None:
    """Keep a delivery that the caller brings in itself; its id, or None when it was there already."""
    # one statement: parallel deliveries of the same thing wait for the first to be kept
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO samspill_inbound (inbox_id, dedup_key, raw, headers, state, error, at)"
            " VALUES (%s, %s, %s, %s, 'stored', '', now()) ON CONFLICT DO NOTHING RETURNING id",
            [inbox.pk, key, raw, json.dumps(headers or {})],
        )
        row = cursor.fetchone()
    return row[0] if row else None
