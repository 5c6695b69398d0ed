"""Who will read an answer by mail."""

from dataclasses import dataclass

from django.http import QueryDict

from samspill.channels.models import Letter
from samspill.contacts.models import Identity
from samspill.conversations.models import Conversation, Participant


@dataclass(frozen=True)
class Readers:
    """To whom the answer goes, and (address, name) of those who read along."""

    to: str
    cc: list[tuple[str, str]]


def of(conversation: Conversation) -> Readers | None:
    """The readers of the next answer; None where it does not go out as a mail."""
    if conversation.inbox.channel != "email" or conversation.identity.kind != Identity.Kind.EMAIL:
        return None
    name, address = conversation.contact.name, conversation.identity.value
    return Readers(f"{name} <{address}>" if name else address, _along(conversation))


def left_out(conversation: Conversation, form: QueryDict) -> dict[str, object] | None:
    """What a message keeps about those whom the agent took off the list; the channel leaves them out."""
    if "cc_shown" not in form:
        return None
    kept = {address.casefold() for address in form.getlist("cc")}
    gone = [address for address, _name in _along(conversation) if address.casefold() not in kept]
    return {"left_out": gone} if gone else None


def _along(conversation: Conversation) -> list[tuple[str, str]]:
    """The others of the last mail, as far as they are not ourselves."""
    letters = Letter.objects.filter(message__conversation=conversation, message__direction="in", kind="human")
    last = letters.order_by("-message").first()
    if last is None:
        return []
    named = {one.get("address", "").casefold() for one in [last.sender, *last.to, *last.cc]}
    rows = (
        Participant.objects.filter(conversation=conversation)
        .select_related("identity__contact")
        .order_by("pk")
    )
    known = [(row.identity.value, row.identity.contact.name) for row in rows]
    return [(address, name or address) for address, name in known if address.casefold() in named]
