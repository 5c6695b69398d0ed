"""A copy of what we send, in the mailbox's own folder for that."""

import imaplib
import logging
from email.message import EmailMessage

from imap_tools import MailMessageFlags

from samspill.channels.email.account import Account
from samspill.channels.email.imap import opened
from samspill.channels.email.trouble import Trouble
from samspill.conversations.models import Inbox

log = logging.getLogger(__name__)
TIMEOUT_S = 8


def keep_copy(mail: EmailMessage, account: Account, inbox: Inbox) -> None:
    """Put a copy into the folder that is set, if any. Trouble with it is written to the log: the mail is out."""
    if not account.sent_folder or not account.imap.host:
        return
    try:
        with opened(account, inbox, TIMEOUT_S) as box:
            if not box.folder.exists(account.sent_folder):
                box.folder.create(account.sent_folder)
            box.append(mail.as_bytes(), account.sent_folder, dt=None, flag_set=[MailMessageFlags.SEEN])
    except (Trouble, imaplib.IMAP4.error) as error:
        log.warning("mailbox %s: no copy of what was sent: %s", inbox.pk, getattr(error, "code", "odd"))
