"""What a review knows about some contacts besides their own rows, read in a handful of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch

from samspill.contacts.models import Contact, Identity
from samspill.conversations.models import Conversation, Dispatch, Message

RECENT = 5


@dataclass
class Facts:
    """One contact, and what its conversations tell."""

    contact: Contact
    last_at: datetime | None = None
    languages: list[str] = field(default_factory=list)  # of the latest conversations, the newest first
    sender: str = ""  # the name on the newest mail
    misplaced: list[int] = field(default_factory=list)  # conversations that came by somebody else's address
    returned: set[int] = field(default_factory=set)  # addresses from which the last mail came back

    @property
    def identities(self) -> list[Identity]:
        """The contact's addresses."""
        return list(self.contact.identities.all())


def with_addresses(pks: Sequence[int]) -> list[Contact]:
    """These contacts with their addresses and organisation."""
    known = Identity.objects.exclude(kind=Identity.Kind.VISITOR).order_by("pk")
    rows = Contact.objects.filter(pk__in=pks).select_related("organisation").order_by("pk")
    return list(rows.prefetch_related(Prefetch("identities", known)))


def facts_of(contacts: Sequence[Contact]) -> list[Facts]:
    """All there is to know about each of them."""
    found = {contact.pk: Facts(contact) for contact in contacts}
    _talks(found)
    _senders(found)
    _returned(found)
    return list(found.values())


def _talks(found: dict[int, Facts]) -> None:
    rows = Conversation.objects.filter(contact__in=found).order_by("-last_message_at")
    fields = ("pk", "contact", "language", "last_message_at", "identity__contact")
    for pk, contact, language, at, owner in rows.values_list(*fields).iterator(chunk_size=2000):
        held = found[contact]
        held.last_at = held.last_at or at
        if language and len(held.languages) < RECENT:
            held.languages.append(language)
        if owner != contact:
            held.misplaced.append(pk)


def _senders(found: dict[int, Facts]) -> None:
    mails = Message.objects.filter(
        conversation__contact__in=found, direction="in", letter__isnull=False, letter__kind="human"
    )
    newest = mails.order_by("conversation__contact", "-pk").distinct("conversation__contact")
    for contact, sender in newest.values_list("conversation__contact", "letter__sender"):
        found[contact].sender = str((sender or {}).get("name") or "").strip()[:160]


def _returned(found: dict[int, Facts]) -> None:
    rows = Dispatch.objects.filter(identity__contact__in=found, inbox__channel="email")
    latest = rows.order_by("identity", "-pk").distinct("identity")
    returned: dict[int, set[int]] = defaultdict(set)
    for contact, identity, state in latest.values_list("identity__contact", "identity", "state"):
        if state == Dispatch.State.FAILED:
            returned[contact].add(identity)
    for contact, identities in returned.items():
        found[contact].returned = identities
