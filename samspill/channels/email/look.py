"""The look of a mail, made harmless."""

from collections.abc import Iterable

from django.urls import reverse

from samspill.conversations.models import Attachment
from samspill.mail.html import safe
from samspill.mail.mail import Mail


def safe_html(mail: Mail, files: Iterable[Attachment]) -> str:
    """A mail's HTML as it may be shown, with its own pictures in their places; nothing is fetched from elsewhere."""
    if not mail.html:
        return ""
    return safe(
        mail.html,
        {one.content_id: reverse("console:file", args=[one.key]) for one in files if one.content_id},
    )
