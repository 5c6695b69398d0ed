from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.channels.email.account import account
from samspill.channels.email.presets import preset
from samspill.conversations.models import Inbox
from samspill.kit import clock, crypto

SECURITY = [
    ("tls", gettext_lazy("TLS from the start")),
    ("starttls", gettext_lazy("STARTTLS")),
    ("none", gettext_lazy("None (only within your own network)")),
]
SIGN_IN = [("password", gettext_lazy("Password")), ("oauth", gettext_lazy("OAuth2 (Google, Microsoft)"))]
AFTERWARDS = [
    ("leave", gettext_lazy("Leave it as it is")),
    ("seen", gettext_lazy("Mark it as read")),
    ("move", gettext_lazy("Move it to a folder")),
    ("delete", gettext_lazy("Delete it after some days")),
]
MARKERS = [
    ("body", gettext_lazy("At the foot of each mail")),
    ("subject", gettext_lazy("There and in the subject")),
    ("plus", gettext_lazy("There and in the reply address (name+mark@…)")),
]
SERVERS = ("imap", "smtp")
PLAIN = ("address", "sender_name", "sign_in", "afterwards", "move_to", "delete_days", "sent_folder", "marker",
         "reopen_days", "authserv_id", "automatic_an_hour")  # fmt: skip
OAUTH = ("token_url", "client_id", "scope")
SECRETS = ("client_secret", "refresh_token")


def _text(label: str, length: int = 200, help_text: str = "", **attributes: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", **attributes})
    return forms.CharField(label=label, max_length=length, required=False, help_text=help_text, widget=widget)


def _number(label: str, least: int, most: int, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=help_text)


def _secret(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=4000, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Kept encrypted, never shown again. Leave it empty to keep the present one."),
    )  # fmt: skip


class EmailForm(forms.Form):
    """Everything about a mailbox. Secrets are written, never read."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    enabled = forms.BooleanField(label=gettext_lazy("The mailbox is read"), required=False)
    assistant = forms.BooleanField(label=gettext_lazy("The assistant answers first"), required=False)
    address = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    sender_name = _text(gettext_lazy("Name of the sender"), 80, gettext_lazy("Empty: the company’s name."))
    sign_in = forms.ChoiceField(label=gettext_lazy("How to sign in"), choices=SIGN_IN)
    password = _secret(gettext_lazy("Password"))
    token_url = _text(gettext_lazy("Where tokens come from"), 300)
    client_id = _text(gettext_lazy("Client id"))
    client_secret = _secret(gettext_lazy("Client secret"))
    refresh_token = _secret(gettext_lazy("Refresh token"))
    scope = _text(gettext_lazy("Scope"), 400)
    folders = forms.CharField(
        label=gettext_lazy("Folders to read"), widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One per line. In the first one, new mail is noticed at once."),
    )  # fmt: skip
    since = forms.DateField(
        label=gettext_lazy("Read mails from this day on"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("What came before stays where it is. Empty: everything."),
    )  # fmt: skip
    afterwards = forms.ChoiceField(
        label=gettext_lazy("What happens to a mail on the server"), choices=AFTERWARDS
    )
    move_to = _text(gettext_lazy("Folder to move to"))
    delete_days = _number(gettext_lazy("Delete after so many days"), 1, 3650)
    sent_folder = _text(
        gettext_lazy("Folder for copies of what is sent"), 200,
        gettext_lazy("Empty: none. Google and Microsoft keep copies by themselves."),
    )  # fmt: skip
    marker = forms.ChoiceField(
        label=gettext_lazy("Where our mark stands, by which an answer finds back"), choices=MARKERS
    )
    reopen_days = _number(
        gettext_lazy("Days in which an answer reopens a closed conversation"), 0, 3650,
        gettext_lazy("Later it begins a new one that is linked to the old."),
    )  # fmt: skip
    automatic_an_hour = _number(gettext_lazy("Most automatic mails to one address in an hour"), 1, 1000)
    authserv_id = _text(
        gettext_lazy("Name of your server in Authentication-Results"), 200,
        gettext_lazy("As in “mx.google.com”. Only then does its word about a sender count."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, kept: dict[str, Any], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.kept = kept
        for server in SERVERS:
            self.fields[f"{server}_host"] = _text(gettext_lazy("Server"), placeholder=f"{server}.example.com")
            self.fields[f"{server}_port"] = forms.IntegerField(
                label=gettext_lazy("Port"), min_value=1, max_value=65535, required=False,
                help_text=gettext_lazy("Empty: the usual one."),
            )  # fmt: skip
            self.fields[f"{server}_security"] = forms.ChoiceField(
                label=gettext_lazy("Encryption"), choices=SECURITY
            )
            self.fields[f"{server}_user"] = _text(
                gettext_lazy("User name"), help_text=gettext_lazy("Empty: the address.")
            )
        self.fields["smtp_password"] = _secret(gettext_lazy("Password, where it is another"))

    def clean(self) -> dict[str, Any]:
        """Moving needs a folder; OAuth2 needs what the provider gave."""
        facts = super().clean() or {}
        if facts.get("afterwards") == "move" and not facts.get("move_to"):
            self.add_error("move_to", _("Say to which folder."))
        if facts.get("afterwards") == "move" and facts.get("move_to") in self._folders():
            self.add_error("move_to", _("This folder is read itself."))
        if facts.get("sign_in") == "oauth":
            for name in ("token_url", "client_id"):
                if not facts.get(name):
                    self.add_error(name, _("Needed to sign in with OAuth2."))
        return facts

    def reading(self) -> list[forms.BoundField]:
        """The fields of the server that is read."""
        return [self[f"imap_{name}"] for name in ("host", "port", "security", "user")]

    def sending(self) -> list[forms.BoundField]:
        """The fields of the server that sends."""
        return [self[f"smtp_{name}"] for name in ("host", "port", "security", "user", "password")]

    def oauth(self) -> list[forms.BoundField]:
        """The fields of signing in without a password."""
        return [self[name] for name in (*OAUTH, *SECRETS)]

    def chosen(self) -> dict[str, Any]:
        """What the inbox keeps under `mail`."""
        facts = self.cleaned_data
        plain = {name: facts[name] for name in PLAIN}
        oauth = {name: facts[name] for name in OAUTH} | {
            name: self._sealed(name, "oauth") for name in SECRETS
        }
        day = facts["since"].isoformat() if facts["since"] else ""
        return {
            **plain,
            "since": day,
            "folders": self._folders(),
            "oauth": oauth,
            "imap": self._server("imap", "password"),
            "smtp": self._server("smtp", "smtp_password"),
        }

    def _folders(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data.get("folders", "").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def _server(self, kind: str, field: str) -> dict[str, Any]:
        facts = self.cleaned_data
        chosen = {name: facts[f"{kind}_{name}"] for name in ("host", "port", "security", "user")}
        return chosen | {"port": chosen["port"] or 0, "password": self._sealed(field, kind, "password")}

    def _sealed(self, field: str, group: str, name: str = "") -> str:
        given = self.cleaned_data[field]
        kept = (self.kept.get(group) or {}).get(name or field, "")
        return crypto.seal(given) if given else str(kept)


def blank(address: str) -> dict[str, Any]:
    """What is kept of a mailbox of which only the address is known: what its provider is known to use."""
    known = preset(address)
    kept: dict[str, Any] = {"address": address, "since": clock.now().date().isoformat()}
    if known:
        kept |= {
            "imap": {"host": known.imap, "security": "tls", "user": address},
            "smtp": {"host": known.smtp, "security": known.smtp_security, "user": address},
            "oauth": {"token_url": known.token_url, "scope": known.scope},
            "marker": "plus" if known.plus else "body",
        }
    return kept


def initial(shown: Inbox) -> dict[str, Any]:
    """What the form shows at first."""
    kept = account(shown)
    servers = {
        f"{kind}_{name}": getattr(getattr(kept, kind), name) or ""
        for kind in SERVERS
        for name in ("host", "port", "security", "user")
    }
    return {
        **{name: getattr(kept, name) for name in PLAIN},
        **{name: getattr(kept.oauth, name) for name in OAUTH},
        **servers,
        "name": shown.name,
        "enabled": shown.enabled,
        "assistant": shown.settings.get("assistant", True),
        "folders": "\n".join(kept.folders),
        "since": kept.since,
    }
