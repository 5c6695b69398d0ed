"""The reading of mail, as this channel uses it."""

from samspill.mail.mail import Mail


def read_mail(raw: bytes) -> Mail:
    """What a raw mail says."""
    from samspill.mail.read import read

    return read(raw)


def safe_html(mail: Mail) -> str:
    """A mail's HTML as it may be shown."""
    return mail.html
