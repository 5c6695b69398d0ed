"""Opening a mailbox."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from samspill.channels.email import oauth
from samspill.channels.email.account import Account
from samspill.channels.email.trouble import Trouble, told
from samspill.conversations.models import Inbox

TIMEOUT_S = 30
WRONG = (OSError, imaplib.IMAP4.error, ImapToolsError)


@contextmanager
def opened(account: Account, inbox: Inbox | None = None, timeout: float = TIMEOUT_S) -> Iterator[BaseMailBox]:
    """The mailbox, signed in, for the length of a block. Whatever goes wrong in it is raised as Trouble.

    `inbox` is where a renewed permission of the provider is kept.
    """
    box = None
    try:
        box = _connect(account, timeout)
        _sign_in(box, account, inbox)
        _ask_again(box)
        yield box
    except WRONG as error:
        raise told(error) from error
    finally:
        if box is not None:
            with suppress(Exception):
                box.client.shutdown() if box.client.state == "LOGOUT" else box.logout()


def _connect(account: Account, timeout: float) -> BaseMailBox:
    server = account.imap
    if not server.host:
        raise Trouble("not_set")
    if server.security == "none":
        return MailBoxUnencrypted(server.host, server.port, timeout=timeout)
    kind = MailBox if server.security == "tls" else MailBoxStartTls
    return kind(server.host, server.port, timeout=timeout, ssl_context=ssl.create_default_context())


def _sign_in(box: BaseMailBox, account: Account, inbox: Inbox | None) -> None:
    user, secret = account.imap.user or account.address, account.imap.secret
    try:
        if account.sign_in == "oauth":
            box.xoauth2(user, oauth.access_token(account, inbox), initial_folder=None)
        elif user.isascii() and secret.isascii():
            box.login(user, secret, initial_folder=None)
        else:
            box.login_utf8(user, secret, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        oauth.forget(account)
        raise Trouble("refused") from error


def _ask_again(box: BaseMailBox) -> None:
    # many servers say only to those who have signed in what else they can do
    _ok, answer = box.client.capability()
    if answer and answer[-1]:
        box.client.capabilities = tuple(answer[-1].decode("ascii", "replace").upper().split())
