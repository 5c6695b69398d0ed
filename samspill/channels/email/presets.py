"""What is known of large providers, so that an address is nearly all one must fill in."""

from dataclasses import dataclass

GOOGLE = "https://oauth2.googleapis.com/token"
MICROSOFT = "https://login.microsoftonline.com/common/oauth2/v2.0/token"


@dataclass(frozen=True)
class Preset:
    """Servers of a provider; `plus` where mail to name+anything@ arrives at name@."""

    name: str
    imap: str
    smtp: str
    smtp_security: str = "starttls"
    token_url: str = ""
    scope: str = ""
    plus: bool = False
    app_password: bool = False


GMAIL = Preset(
    "Google", "imap.gmail.com", "smtp.gmail.com", "tls", GOOGLE, "https://mail.google.com/", True, True
)
OUTLOOK = Preset(
    "Microsoft 365", "outlook.office365.com", "smtp.office365.com", "starttls", MICROSOFT,
    "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access", True,
)  # fmt: skip
ICLOUD = Preset("iCloud", "imap.mail.me.com", "smtp.mail.me.com", plus=True, app_password=True)
GMX = Preset("GMX", "imap.gmx.net", "mail.gmx.net")
PRESETS = {
    "gmail.com": GMAIL, "googlemail.com": GMAIL,
    "outlook.com": OUTLOOK, "hotmail.com": OUTLOOK, "live.com": OUTLOOK, "outlook.de": OUTLOOK,
    "hotmail.no": OUTLOOK, "live.no": OUTLOOK, "onmicrosoft.com": OUTLOOK,
    "icloud.com": ICLOUD, "me.com": ICLOUD, "mac.com": ICLOUD,
    "gmx.de": GMX, "gmx.net": GMX, "gmx.at": GMX, "gmx.ch": GMX,
    "web.de": Preset("WEB.DE", "imap.web.de", "smtp.web.de"),
    "t-online.de": Preset("Telekom", "secureimap.t-online.de", "securesmtp.t-online.de", "tls"),
    "one.com": Preset("one.com", "imap.one.com", "send.one.com", "tls"),
    "domeneshop.no": Preset("Domeneshop", "imap.domeneshop.no", "smtp.domeneshop.no"),
    "hinet.net": Preset("HiNet", "imap.hinet.net", "smtp.hinet.net"),
    "fastmail.com": Preset("Fastmail", "imap.fastmail.com", "smtp.fastmail.com", "tls", plus=True, app_password=True),
    "yahoo.com": Preset("Yahoo", "imap.mail.yahoo.com", "smtp.mail.yahoo.com", "tls", app_password=True),
}  # fmt: skip


def preset(address: str) -> Preset | None:
    """The provider of an address, where its domain tells."""
    domain = address.rpartition("@")[2].casefold()
    return PRESETS.get(domain) or PRESETS.get(".".join(domain.split(".")[-2:]))
