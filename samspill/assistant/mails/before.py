"""What stands before a mail in its conversation."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import F

from samspill.conversations.models import Message

LOOK = 20  # earlier messages that are looked at
LAST = """
SELECT mail.id, said.id FROM unnest(%s::bigint[], %s::bigint[]) AS mail (id, conversation)
CROSS JOIN LATERAL (
  SELECT id FROM samspill_message
  WHERE conversation_id = mail.conversation AND id < mail.id AND direction <> 'note' ORDER BY id DESC LIMIT %s
) AS said
"""


def before(mails: Sequence[Message]) -> dict[int, list[Message]]:
    """The last messages before each, the oldest first, each with the `kind` of mail it was, if any."""
    pairs = _pairs(mails)
    known = Message.objects.filter(pk__in={said for _, said in pairs}).annotate(kind=F("letter__kind"))
    rows = {one.pk: one for one in known} if pairs else {}
    found: dict[int, list[Message]] = {one.pk: [] for one in mails}
    for mail, said in sorted(pairs):
        found[mail].append(rows[said])
    return found


def _pairs(mails: Sequence[Message]) -> list[tuple[int, int]]:
    numbers = [one.pk for one in mails], [one.conversation_id for one in mails]
    with connection.cursor() as cursor:
        cursor.execute(LAST, [*numbers, LOOK])
        return list(cursor.fetchall())
