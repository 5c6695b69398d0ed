"""Giving a mail to a mail server."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from django.conf import settings
from django.core.mail import EmailMessage as HouseMail
from django.core.mail import get_connection

from samspill.channels.email import oauth
from samspill.channels.email.account import Account
from samspill.channels.email.trouble import Trouble, told
from samspill.channels.errors import Refused
from samspill.conversations.models import Inbox

TIMEOUT_S = 20
PERMANENT = 500


class _Ready(HouseMail):
    """A mail that is written already, for Django's own ways out (files, memory)."""

    written: EmailMessage

    def message(self, **_more: object) -> EmailMessage:  # type: ignore[override]
        return self.written


def hand_in(mail: EmailMessage, account: Account, inbox: Inbox) -> None:
    """Give the mail to the server. Raises Refused when it never will be taken, Trouble when it may be later."""
    if not account.smtp.host and not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        _by_house(mail)
        return
    with opened(account, inbox) as link:
        _send(link, mail, account)


@contextmanager
def opened(account: Account, inbox: Inbox | None = None) -> Iterator[smtplib.SMTP]:
    """The server, signed in: the inbox's own, or the house's. Raises Trouble."""
    link = None
    try:
        link = _connect(account) if account.smtp.host else _connect_house()
        if account.smtp.host:
            _sign_in(link, account, inbox)
        yield link
    except (OSError, smtplib.SMTPException) as error:
        raise told(error) from error
    finally:
        if link is not None:
            with suppress(OSError, smtplib.SMTPException):
                link.quit()


def _connect(account: Account) -> smtplib.SMTP:
    server = account.smtp
    if server.security == "tls":
        return smtplib.SMTP_SSL(
            server.host, server.port, timeout=TIMEOUT_S, context=ssl.create_default_context()
        )
    link = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
    if server.security == "starttls":
        link.starttls(context=ssl.create_default_context())
    return link


def _connect_house() -> smtplib.SMTP:
    house = get_connection()
    house.open()
    if getattr(house, "connection", None) is None:
        raise Trouble("not_set")
    return house.connection  # type: ignore[no-any-return]


def _sign_in(link: smtplib.SMTP, account: Account, inbox: Inbox | None) -> None:
    user = account.smtp.user or account.imap.user or account.address
    if account.sign_in == "oauth":
        token = oauth.access_token(account, inbox)
        link.ehlo_or_helo_if_needed()
        try:
            link.auth("XOAUTH2", lambda challenge=None: f"user={user}\1auth=Bearer {token}\1\1")
        except smtplib.SMTPAuthenticationError:
            oauth.forget(account)
            raise
    elif secret := account.smtp.secret or account.imap.secret:
        try:
            link.login(user, secret)
        except smtplib.SMTPServerDisconnected as error:  # some hang up on a wrong password
            raise Trouble("refused") from error


def _send(link: smtplib.SMTP, mail: EmailMessage, account: Account) -> None:
    to = [one.addr_spec for one in mail["To"].addresses]
    copies = [one.addr_spec for one in mail["Cc"].addresses] if mail["Cc"] else []
    try:
        not_taken = link.send_message(mail, account.address, [*to, *copies])
    except smtplib.SMTPRecipientsRefused as error:
        _refused(next(iter(error.recipients.values())))
    except smtplib.SMTPResponseException as error:
        _refused((error.smtp_code, error.smtp_error))
    else:
        if to[0] in not_taken and len(not_taken) <= len(copies):
            _refused(not_taken[to[0]], taken=True)


def _refused(answer: tuple[int, bytes | str], taken: bool = False) -> None:
    code, words = answer
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    spoken = f"{code} " + " ".join(word for word in text.split() if "@" not in word)
    if code >= PERMANENT or taken:
        raise Refused(spoken[:300])
    raise Trouble("later", spoken)


def _by_house(mail: EmailMessage) -> None:
    ready = _Ready(to=[one.addr_spec for one in mail["To"].addresses])
    ready.written = mail
    get_connection().send_messages([ready])
