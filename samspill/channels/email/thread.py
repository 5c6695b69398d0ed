"""To which conversation a mail belongs: by a mark of ours, or by what it refers to and who wrote it."""

import base64
import binascii
import re
from dataclasses import dataclass

from django.db import connection

from samspill.channels.email import markers
from samspill.channels.models import Reference
from samspill.contacts.models import Identity
from samspill.conversations.models import Conversation, Inbox, Message, Participant, Relation
from samspill.kit import clock, crypto
from samspill.mail.mail import Mail

MOST_REFERENCES = 30
SAME_SUBJECT_DAYS = 4
THREAD_INDEX_ROOT = 22  # bytes that all mails of an Outlook thread share
_REPLY = re.compile(
    r"\s*(?:re|aw|sv|vs|antw|odp|r|ynt|atb|回覆|回复|答复|回信|返信|답장)(?:\s*\[\d+\])?\s*[:：]\s*", re.I
)
_PASSED = re.compile(r"\s*(?:fwd?|wg|vb|vl|tr|rv|enc|doorst|pd|轉寄|转发|轉發|転送|전달)\s*[:：]\s*", re.I)
_MARK = re.compile(r"\s*\[#\d+-[0-9a-f]{10}\]", re.I)


@dataclass(frozen=True)
class Place:
    """Where a mail belongs. Without a conversation it begins one, which may have to do with another."""

    conversation: Conversation | None = None
    related: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Known:
    """A name that leads to a conversation of this contact; without a message it is only mentioned there."""

    digest: str
    conversation: int
    contact: int
    message: int | None


def find(
    mail: Mail, names: "Names", rows: list[Known], inbox: Inbox, identity: Identity, reopen_days: int
) -> Place:
    """Where a mail of this sender belongs. The caller holds its names (`hold`); `rows` is what is `known` by them."""
    joined = _marked(mail) or _referred(rows, names, identity) or _same_subject(mail, inbox, identity)
    if joined is None:
        other = next((row.conversation for row in rows if row.message and row.digest in names.referred), None)
        return Place(None, other, Relation.Why.STRANGER)
    held = Conversation.objects.select_for_update(of=("self",)).select_related("inbox").get(pk=joined)
    if held.closed_at and held.closed_at < clock.ago(days=reopen_days):
        return Place(None, held.pk, Relation.Why.AFTERWARDS)
    return Place(held)


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


def hold(held: Names) -> None:
    """Let no other mail that shares one of these names be threaded before this transaction ends.

    A reply and the mail it answers may be worked on in the same moment; only one of them may begin a conversation.
    """
    numbers = sorted({int(name[:15], 16) for name in held.every})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(n) FROM (SELECT unnest(%s::bigint[]) AS n ORDER BY 1) AS names",
            [numbers],
        )


def known(held: Names) -> list[Known]:
    """What is known by one of these names, the nearest mail first."""
    found = Reference.objects.filter(digest__in=held.every).values_list(
        "digest", "conversation_id", "conversation__contact_id", "message_id"
    )
    order = {name: place for place, name in enumerate((*held.referred, held.outlook, held.own))}
    rows = [Known(*row) for row in found]
    return sorted(rows, key=lambda row: (order.get(row.digest, len(order)), -row.conversation))


def copy_of(held: Names, rows: list[Known]) -> Message | None:
    """The message that another copy of this mail has already become."""
    pk = next((row.message for row in rows if row.digest == held.copy and row.message), None)
    return Message.objects.select_related("conversation").get(pk=pk) if pk else None


def remember(held: Names, message: Message) -> None:
    """Let later mails find this one, and mails that it mentions and that come after it."""
    mine = [name for name in (held.own, held.copy, held.outlook) if name]
    Reference.objects.bulk_create(
        [Reference(digest=one, conversation_id=message.conversation_id, message=message) for one in mine],
        update_conflicts=True,
        update_fields=["message"],
        unique_fields=["digest", "conversation"],
    )
    if held.referred:
        Reference.objects.bulk_create(
            [Reference(digest=one, conversation_id=message.conversation_id) for one in set(held.referred)],
            ignore_conflicts=True,
        )


def relate(conversation: Conversation, place: Place) -> None:
    """Note that a new conversation has to do with another."""
    if place.related:
        Relation.objects.get_or_create(
            conversation=conversation, other_id=place.related, defaults={"why": place.why}
        )


def base_subject(subject: str) -> str:
    """A subject without what mail programs and we put around it."""
    text = _MARK.sub("", subject)
    while (found := _REPLY.match(text) or _PASSED.match(text)) and found.end() < len(text):
        text = text[found.end() :]
    return " ".join(text.split())


def _marked(mail: Mail) -> int | None:
    by_address = [markers.of_address(one.address) for one in (*mail.to, *mail.cc)]
    by_id = [markers.ours(one) for one in (*mail.in_reply_to, *reversed(mail.references))]
    in_text = markers.conversations(mail.subject) + markers.conversations(mail.text)
    wanted = [one for one in (*by_address, *(both[0] for both in by_id if both), *in_text) if one]
    kept = set(Conversation.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    return next((one for one in wanted if one in kept), None)


def _referred(rows: list[Known], held: Names, identity: Identity) -> int | None:
    """The nearest conversation this sender has a part in.

    A mail that is only mentioned there proves little, as anybody may mention anything: then it must be the contact's.
    """
    parts = _takes_part(rows, identity)
    for row in rows:
        is_contact = row.contact == identity.contact_id
        if (
            row.digest == held.own
        ):  # its number is known: it counts where an answer came before the mail itself
            if row.message is None and is_contact:
                return row.conversation
        elif is_contact or (row.message and row.conversation in parts):
            return row.conversation
    return None


def _takes_part(rows: list[Known], identity: Identity) -> set[int]:
    others = {row.conversation for row in rows if row.contact != identity.contact_id}
    if not others:
        return set()
    mine = Participant.objects.filter(conversation__in=others, identity__contact=identity.contact_id)
    return set(mine.values_list("conversation_id", flat=True))


def _same_subject(mail: Mail, inbox: Inbox, identity: Identity) -> int | None:
    if not _REPLY.match(mail.subject):
        return None
    recent = Conversation.objects.filter(
        inbox=inbox, contact=identity.contact_id, last_message_at__gt=clock.ago(days=SAME_SUBJECT_DAYS)
    )
    wanted = base_subject(mail.subject).casefold()[:200]
    candidates = recent.order_by("-last_message_at").values_list("pk", "subject")[:20] if wanted else []
    return next((pk for pk, subject in candidates if subject.casefold() == wanted), None)


def _outlook(mail: Mail) -> str:
    for value in mail.headers.get("thread-index", ()):
        try:
            root = base64.b64decode(value, validate=False)[:THREAD_INDEX_ROOT]
        except (binascii.Error, ValueError):
            continue
        if len(root) == THREAD_INDEX_ROOT:
            return crypto.digest("mail-thread-index", root.hex())
    return ""
