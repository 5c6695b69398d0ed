"""A mailbox as an admin set it up: where it is, how to sign in, what to do there."""

from dataclasses import dataclass, field, fields
from typing import Any

from samspill.conversations.models import Inbox
from samspill.kit import crypto
from samspill.kit.once import once

PORTS = {("imap", "tls"): 993, ("imap", "starttls"): 143, ("imap", "none"): 143,
         ("smtp", "tls"): 465, ("smtp", "starttls"): 587, ("smtp", "none"): 25}  # fmt: skip


@dataclass(frozen=True)
class Server:
    """One server and who signs in there."""

    host: str = ""
    port: int = 0
    security: str = "tls"  # tls, starttls, none
    user: str = ""
    password: str = field(default="", repr=False)  # sealed

    @property
    def secret(self) -> str:
        """The password itself."""
        return crypto.unseal(self.password) if self.password else ""


@dataclass(frozen=True)
class OAuth:
    """What a provider gave us to sign in without a password; secrets are sealed."""

    token_url: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    scope: str = ""


@dataclass(frozen=True)
class Account:
    """Everything about one mailbox; the names are those of the inbox's settings under `mail`."""

    address: str = ""
    sender_name: str = ""
    imap: Server = Server()
    smtp: Server = Server()
    sign_in: str = "password"  # password, oauth
    oauth: OAuth = OAuth()
    folders: tuple[str, ...] = ("INBOX",)
    since: str = ""  # ISO day: what came before is not read; empty: everything
    afterwards: str = "leave"  # leave, seen, move, delete
    move_to: str = ""
    delete_days: int = 30
    sent_folder: str = ""  # a copy of what we send; empty: none
    marker: str = "body"  # body: at the foot of the text; subject: there too; plus: also in the reply address
    reopen_days: int = 30
    authserv_id: str = ""  # how the mailbox's own server names itself in Authentication-Results
    automatic_an_hour: int = 10  # mails of the assistant to one address

    @property
    def domain(self) -> str:
        """What comes after the @."""
        return self.address.rpartition("@")[2].casefold()

    @property
    def reads(self) -> bool:
        """Whether there is a mailbox to read."""
        return bool(self.address and self.imap.host)


def account(inbox: Inbox) -> Account:
    """The mailbox of an inbox; one without an address where none was set up."""
    kept = _known(Account, inbox.settings.get("mail"))
    for name in ("imap", "smtp"):
        kept[name] = _server(name, _known(Server, kept.get(name)))
    kept["oauth"] = OAuth(**_known(OAuth, kept.get("oauth")))
    kept["folders"] = tuple(kept.get("folders") or ()) or ("INBOX",)
    return Account(**kept)


def _known(kind: type, kept: Any) -> dict[str, Any]:
    names = {one.name for one in fields(kind)}
    return {name: value for name, value in (kept or {}).items() if name in names}


def _server(kind: str, kept: dict[str, Any]) -> Server:
    security = kept.get("security") or "tls"
    return Server(**{**kept, "port": kept.get("port") or PORTS[kind, security], "security": security})


@once
def our_addresses() -> set[str]:
    """The addresses of all our mailboxes, in small letters; none of them is ever written to."""
    kept = Inbox.objects.filter(channel="email").values_list("settings__mail__address", flat=True)
    return {address.casefold() for address in kept if address}
