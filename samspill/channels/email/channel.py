"""E-mail: mailboxes are read over IMAP, what we say goes out over SMTP."""

from samspill.channels.email import arrive, deliver
from samspill.channels.email.account import account
from samspill.channels.email.check import check
from samspill.channels.port import register
from samspill.conversations.models import Dispatch, Inbound, Inbox, Message


class Email:
    """The channel; see port.Channel."""

    kind = "email"

    def bring_in(self, inbound: Inbound) -> Message | None:
        """A stored mail becomes a message where it belongs."""
        arrive.bring_in([inbound])
        return inbound.message

    def send(self, dispatch: Dispatch) -> str:
        """A message becomes a mail; returns its Message-ID."""
        return deliver.send(dispatch)

    def check(self, inbox: Inbox) -> list[str]:
        """Sign in at both servers now."""
        return check(account(inbox), inbox)


register(Email())
