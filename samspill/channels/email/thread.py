"""To which conversation a mail belongs: by a mark of ours, or by what it refers to and who wrote it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samspill.channels.email import markers
from samspill.channels.email.references import Known, Names
from samspill.contacts.models import Identity
from samspill.conversations.models import Conversation, Inbox, Participant, Relation
from samspill.kit import clock
from samspill.mail import subjects
from samspill.mail.mail import Mail

SAME_SUBJECT_DAYS = 4
_MARK = re.compile(r"\s*\[#\d+-[0-9a-f]{10}\]", re.I)


@dataclass(frozen=True)
class Place:
    """Where a mail belongs. Without a conversation it begins one, which may have to do with another."""

    conversation: Conversation | None = None
    related: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Asked:
    """A mail of this sender, and what is `known` by its names; the caller holds them (`hold`)."""

    mail: Mail
    names: Names
    rows: Sequence[Known]
    inbox: Inbox
    identity: Identity


def find(asked: Sequence[Asked], reopen_days: int) -> list[Place]:
    """Where each of these mails belongs; none of them has to do with another."""
    joined = [
        _marked(one.mail) or _referred(one) or _same_subject(one.mail, one.inbox, one.identity)
        for one in asked
    ]
    held = _held({pk for pk in joined if pk})
    return [_place(one, held.get(pk or 0), reopen_days) for one, pk in zip(asked, joined, strict=True)]


def _held(pks: set[int]) -> dict[int, Conversation]:
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("inbox").filter(pk__in=pks)
    return {one.pk: one for one in rows.order_by("pk")}


def _place(asked: Asked, held: Conversation | None, reopen_days: int) -> Place:
    if held is None:
        referred = asked.names.referred
        other = next((row.conversation for row in asked.rows if row.message and row.digest in referred), None)
        return Place(None, other, Relation.Why.STRANGER)
    if held.closed_at and held.closed_at < clock.ago(days=reopen_days):
        return Place(None, held.pk, Relation.Why.AFTERWARDS)
    return Place(held)


def relate(conversation: Conversation, place: Place) -> None:
    """Note that a new conversation has to do with another."""
    if place.related:
        Relation.objects.get_or_create(
            conversation=conversation, other_id=place.related, defaults={"why": place.why}
        )


def base_subject(subject: str) -> str:
    """A subject without what mail programs and we put around it."""
    return subjects.plain(_MARK.sub("", subject))


def is_answer(subject: str) -> bool:
    """Whether a subject says that it answers something."""
    return subjects.is_reply(_MARK.sub("", subject))


def _marked(mail: Mail) -> int | None:
    by_address = [markers.of_address(one.address) for one in (*mail.to, *mail.cc)]
    by_id = [markers.ours(one) for one in (*mail.in_reply_to, *reversed(mail.references))]
    in_text = markers.conversations(mail.subject) + markers.conversations(mail.text)
    wanted = [one for one in (*by_address, *(both[0] for both in by_id if both), *in_text) if one]
    kept = set(Conversation.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    return next((one for one in wanted if one in kept), None)


def _referred(asked: Asked) -> int | None:
    """The nearest conversation this sender has a part in.

    A mail that is only mentioned there proves little, as anybody may mention anything: then it must be the contact's.
    """
    rows, identity = asked.rows, asked.identity
    parts = _takes_part(rows, identity)
    for row in rows:
        is_contact = row.contact == identity.contact_id
        if row.digest == asked.names.own:  # known by its number: it counts where an answer came before it
            if row.message is None and is_contact:
                return row.conversation
        elif is_contact or (row.message and row.conversation in parts):
            return row.conversation
    return None


def _takes_part(rows: Sequence[Known], identity: Identity) -> set[int]:
    others = {row.conversation for row in rows if row.contact != identity.contact_id}
    if not others:
        return set()
    mine = Participant.objects.filter(conversation__in=others, identity__contact=identity.contact_id)
    return set(mine.values_list("conversation_id", flat=True))


def _same_subject(mail: Mail, inbox: Inbox, identity: Identity) -> int | None:
    if not is_answer(mail.subject):
        return None
    recent = Conversation.objects.filter(
        inbox=inbox, contact=identity.contact_id, last_message_at__gt=clock.ago(days=SAME_SUBJECT_DAYS)
    )
    wanted = base_subject(mail.subject).casefold()[:200]
    candidates = recent.order_by("-last_message_at").values_list("pk", "subject")[:20] if wanted else []
    return next((pk for pk, subject in candidates if subject.casefold() == wanted), None)
