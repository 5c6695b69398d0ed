"""Mails that were read, with their conversations as a transaction holds them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Q

from samspill.assistant.mails import decide
from samspill.assistant.mails.compose import Reply
from samspill.conversations.models import Conversation, Message


@dataclass(frozen=True)
class Read:
    """A mail as it was read, with the reply that could be given."""

    case: decide.Case
    reply: Reply | None
    entities: list[dict[str, Any]] = field(default_factory=list)

    @property
    def intent(self) -> str:
        """What the mail is about before all."""
        wanted = [topic for topic in self.case.topics if topic.kind != "nothing"]
        return max(wanted, key=lambda topic: topic.confidence).intent if wanted else ""


@dataclass(eq=False)
class Held:
    """A mail that was read, with its conversation, which the transaction holds."""

    conversation: Conversation
    read: Read
    newest: bool = False  # nobody has written since, besides programs and notes

    @property
    def message(self) -> Message:
        """The mail itself."""
        return self.read.case.message


def hold(reads: Sequence[Read]) -> list[Held]:
    """The mails with their conversations, which the caller's transaction holds from now on."""
    wanted = [read.case.message.conversation_id for read in reads]
    rows = Conversation.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    held = {one.pk: one for one in rows}
    return [Held(held[read.case.message.conversation_id], read) for read in reads]


def done(cases: Sequence[Held]) -> set[int]:
    """Which of the mails have been answered, or wait with a reply."""
    settled = Q(turn__isnull=False) | Q(prepared__isnull=False)
    mails = [one.message.pk for one in cases]
    return set(Message.objects.filter(settled, pk__in=mails).values_list("pk", flat=True))


def look_for_newer(cases: Sequence[Held]) -> None:
    """Find out which are the newest of their conversations."""
    by_person = Q(direction="in") & (Q(letter=None) | Q(letter__kind="human"))
    said = Message.objects.filter(Q(direction="out") | by_person)
    threads = said.filter(conversation__in=[one.conversation.pk for one in cases]).order_by()
    last = dict(threads.values_list("conversation").annotate(Max("pk")))
    for one in cases:
        one.newest = last.get(one.conversation.pk, 0) <= one.message.pk
