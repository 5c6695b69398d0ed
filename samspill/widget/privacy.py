"""Where a visitor reads what happens to his words."""

from django.urls import reverse

from samspill.conversations.models import Inbox
from samspill.kit import languages
from samspill.workspace.models import Workspace


def privacy_page(inbox: Inbox, company: Workspace, language: str) -> str:
    """The company's own page, else the help article the inbox names, else nothing."""
    slug = inbox.settings.get("privacy")
    if company.privacy_url or not slug:
        return company.privacy_url
    return reverse("portal:article", args=[languages.spoken(language), slug])
