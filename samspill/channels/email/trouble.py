"""What keeps a mailbox from working, as codes; words.py puts them into words."""

import imaplib
import smtplib
import socket
import ssl

from imap_tools.errors import MailboxFolderSelectError, MailboxLoginError


class Trouble(Exception):
    """A mail server cannot be used; `code` says how, `detail` in the server's own words."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, " ".join(detail.split())[:200]


CODES: tuple[tuple[type[Exception], str], ...] = (
    (MailboxLoginError, "refused"),
    (smtplib.SMTPAuthenticationError, "refused"),
    (MailboxFolderSelectError, "folder"),
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "tls"),
    (smtplib.SMTPNotSupportedError, "tls"),
    (socket.gaierror, "no_host"),
    (TimeoutError, "slow"),
    (ConnectionRefusedError, "closed"),
    (imaplib.IMAP4.abort, "broken"),
    (smtplib.SMTPException, "broken"),
    (OSError, "unreachable"),
)
# these words of a server may hold an address; the others never do
SILENT = {"refused"}


def told(error: Exception) -> Trouble:
    """The trouble that an exception of a mail library means."""
    if isinstance(error, Trouble):
        return error
    code = next((code for kind, code in CODES if isinstance(error, kind)), "odd")
    return Trouble(code, "" if code in SILENT else _words(error))


def _words(error: Exception) -> str:
    words = str(error.args[-1] if error.args else error)
    return " ".join(word for word in words.split() if "@" not in word)
