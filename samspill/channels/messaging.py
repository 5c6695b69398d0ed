"""What all messaging channels have in common: payloads are read into `heard`, messages go out in pieces."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from samspill.channels.consent import opted_out
from samspill.channels.errors import Refused
from samspill.channels.fetch import Found
from samspill.channels.heard import Heard, Media
from samspill.channels.models import Part
from samspill.channels.outgoing import Piece
from samspill.channels.payload import load
from samspill.channels.take_in import take_in
from samspill.channels.window import is_open
from samspill.conversations.models import Dispatch, Inbound, Inbox, Message


class Messaging(ABC):
    """A messaging service. Its own folder says how it writes and is written to."""

    kind = ""
    has_window = False  # free text only within 24 hours after the contact wrote

    def bring_in(self, inbound: Inbound) -> Message | None:
        """Make of one stored entry what it is. Raises Unreadable, or Unreachable where it comes too early."""
        return take_in(inbound, self.read(load(bytes(inbound.raw)), inbound.inbox))

    def send(self, dispatch: Dispatch) -> str:
        """Give the message to the service, piece by piece; a piece that it has taken is not given again."""
        if opted_out(dispatch.identity.contact, self.kind):
            raise Refused("opted_out")
        if self.has_window and not self.may_write(dispatch):
            raise Refused("window_closed")
        taken = dict(Part.objects.filter(dispatch=dispatch).values_list("number", "external_id"))
        pieces = self.pieces(dispatch)
        for number, piece in enumerate(pieces):
            if number not in taken:
                taken[number] = self.give(dispatch, piece, number)
                Part.objects.create(dispatch=dispatch, number=number, external_id=taken[number][:255])
        if not pieces:
            raise Refused("refused:empty")
        return taken[len(pieces) - 1][:255]

    def may_write(self, dispatch: Dispatch) -> bool:
        """Whether the service takes this message now."""
        return is_open(dispatch.message.conversation) or "template" in dispatch.message.extras

    @abstractmethod
    def read(self, entry: dict[str, object], inbox: Inbox) -> Heard:
        """What one stored entry says. Raises Unreadable."""

    @abstractmethod
    def pieces(self, dispatch: Dispatch) -> Sequence[Piece]:
        """The message as the service takes it; the same pieces whenever it is asked."""

    @abstractmethod
    def give(self, dispatch: Dispatch, piece: Piece, number: int) -> str:
        """Give one piece to the service and return its id of it. Raises Refused or Unreachable."""

    @abstractmethod
    def check(self, inbox: Inbox) -> list[str]:
        """What keeps the inbox from working, as codes."""

    @abstractmethod
    def fetch(self, inbox: Inbox, media: Media) -> Found:
        """A file that a customer sent. Raises Refused or Unreachable."""
