"""Who writes in the chat: a browser that keeps a signed pass for one inbox."""

from dataclasses import dataclass

from samspill.contacts.models import Identity
from samspill.contacts.recognise import address_hash, recognise
from samspill.conversations.models import Inbox
from samspill.kit import crypto, passes

KIND = Identity.Kind.VISITOR


@dataclass(frozen=True)
class Visitor:
    """One visitor of one inbox. Nothing is stored about him before he says or agrees to something."""

    inbox_id: int
    key: str
    vouched: str = ""  # hash of the address that the shop vouches for

    @property
    def address(self) -> dict[str, str]:
        """What the visitor's identity is looked up by."""
        return {"kind": KIND, "scope": str(self.inbox_id), "value_hash": address_hash(KIND, self.key)}

    def identity(self) -> Identity | None:
        """The visitor's identity with its contact, if he has been met."""
        return Identity.objects.select_related("contact").filter(**self.address).first()

    def met(self, language: str = "") -> Identity:
        """The visitor's identity with its contact; both are made now if this is the first we hear of him."""
        return recognise(KIND, self.key, scope=str(self.inbox_id), language=language)

    def new_pass(self) -> str:
        """What the browser keeps and shows again."""
        return passes.issue("visitor", inbox=self.inbox_id, visitor=self.key, vouched=self.vouched)

    def room(self, conversation: int) -> str:
        """What lets the browser hear one conversation live."""
        return passes.issue("room", visitor=self.key, conversation=conversation)


def newcomer(inbox: Inbox) -> Visitor:
    """Somebody nobody has seen."""
    return Visitor(inbox.pk, crypto.token(18))


def read_pass(text: str) -> Visitor | None:
    """The visitor who shows this pass, or None when it is none of ours."""
    facts = passes.read("visitor", text) or {}
    inbox, key, vouched = facts.get("inbox"), facts.get("visitor"), facts.get("vouched", "")
    if isinstance(inbox, int) and isinstance(key, str) and isinstance(vouched, str):
        return Visitor(inbox, key, vouched)
    return None
