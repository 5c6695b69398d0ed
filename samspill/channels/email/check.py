"""Trying a mailbox: whether it can be read and whether it can send."""

from samspill.channels.email import imap, smtp
from samspill.channels.email.account import Account
from samspill.channels.email.trouble import Trouble
from samspill.conversations.models import Inbox

TIMEOUT_S = 8


def check(account: Account, inbox: Inbox | None = None) -> list[str]:
    """What keeps the mailbox from working, as codes; those of sending begin with `smtp_`."""
    if not account.address:
        return ["not_set"]
    return [*_reading(account, inbox), *_sending(account, inbox)]


def _reading(account: Account, inbox: Inbox | None) -> list[str]:
    try:
        with imap.opened(account, inbox, TIMEOUT_S) as box:
            for name in account.folders:
                box.folder.set(name, readonly=True)
    except Trouble as trouble:
        return [trouble.code]
    return []


def _sending(account: Account, inbox: Inbox | None) -> list[str]:
    if not account.smtp.host:
        return []
    try:
        with smtp.opened(account, inbox) as link:
            link.noop()
    except Trouble as trouble:
        return [f"smtp_{trouble.code}"]
    return []
