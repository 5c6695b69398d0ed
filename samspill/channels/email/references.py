"""What a mail is looked up by: its own number, what it refers to, its content; all as digests."""

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from samspill.channels.models import Reference
from samspill.conversations.models import Message
from samspill.kit import crypto
from samspill.mail.mail import Mail

MOST_REFERENCES = 30
THREAD_INDEX_ROOT = 22  # bytes that all mails of an Outlook thread share


@dataclass(frozen=True)
class Names:
    """What a mail is looked up by, as digests."""

    own: str  # its Message-ID; "" where it has none
    copy: str  # its content: the same for each copy that reaches us
    referred: tuple[str, ...]  # the nearest mail first
    outlook: str = ""

    @property
    def every(self) -> list[str]:
        """All of them."""
        return [name for name in (self.own, self.copy, self.outlook, *self.referred) if name]


@dataclass(frozen=True)
class Known:
    """A name that leads to a conversation of this contact; without a message it is only mentioned there."""

    digest: str
    conversation: int
    contact: int
    message: int | None


def names(mail: Mail, copy: str) -> Names:
    """The names of a mail; `copy` tells its content."""
    near = dict.fromkeys([*mail.in_reply_to, *reversed(mail.references)])
    referred = [one for one in near if one != mail.message_id][:MOST_REFERENCES]
    return Names(
        own=digest(mail.message_id) if mail.message_id else "",
        copy=crypto.digest("mail-copy", copy),
        referred=tuple(digest(one) for one in referred),
        outlook=_outlook(mail),
    )


def digest(message_id: str) -> str:
    """What a Message-ID is looked up by."""
    return crypto.digest("mail-reference", message_id.strip())


def hold(names: Iterable[Names]) -> None:
    """Let no other mail that shares one of these names be threaded before this transaction ends.

    A reply and the mail it answers may be worked on in the same moment; only one of them may begin a conversation.
    """
    numbers = sorted({int(name[:15], 16) for one in names for name in one.every})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(n) FROM (SELECT unnest(%s::bigint[]) AS n ORDER BY 1) AS names",
            [numbers],
        )


def known(names: Sequence[Names]) -> list[list[Known]]:
    """What is known by the names of each mail, the nearest mail first."""
    wanted = {name for one in names for name in one.every}
    found: dict[str, list[Known]] = {}
    for row in Reference.objects.filter(digest__in=wanted).values_list(
        "digest", "conversation_id", "conversation__contact_id", "message_id"
    ):
        found.setdefault(row[0], []).append(Known(*row))
    return [_nearest_first(one, found) for one in names]


def _nearest_first(names: Names, found: Mapping[str, list[Known]]) -> list[Known]:
    order = {name: place for place, name in enumerate((*names.referred, names.outlook, names.own))}
    rows = [row for name in set(names.every) for row in found.get(name, ())]
    return sorted(rows, key=lambda row: (order.get(row.digest, len(order)), -row.conversation))


def copy_of(held: Names, rows: Sequence[Known]) -> Message | None:
    """The message that another copy of this mail has already become."""
    pk = next((row.message for row in rows if row.digest == held.copy and row.message), None)
    return Message.objects.select_related("conversation").get(pk=pk) if pk else None


def remember(came: Sequence[tuple[Names, Message]]) -> None:
    """Let later mails find these, and mails that they mention and that come after them."""
    mine, others = {}, {}
    for names, message in came:
        place = message.conversation_id
        for one in filter(None, (names.own, names.copy, names.outlook)):
            mine[one, place] = Reference(digest=one, conversation_id=place, message=message)
        for one in names.referred:
            others[one, place] = Reference(digest=one, conversation_id=place)
    Reference.objects.bulk_create(
        _in_order(mine),
        update_conflicts=True,
        update_fields=["message"],
        unique_fields=["digest", "conversation"],
    )
    Reference.objects.bulk_create(_in_order(others), ignore_conflicts=True)


def _in_order(rows: Mapping[tuple[str, int], Reference]) -> list[Reference]:
    """One order for all who write them, so that no two wait for each other."""
    return [rows[key] for key in sorted(rows)]


def _outlook(mail: Mail) -> str:
    for value in mail.headers.get("thread-index", ()):
        try:
            root = base64.b64decode(value, validate=False)[:THREAD_INDEX_ROOT]
        except (binascii.Error, ValueError):
            continue
        if len(root) == THREAD_INDEX_ROOT:
            return crypto.digest("mail-thread-index", root.hex())
    return ""
