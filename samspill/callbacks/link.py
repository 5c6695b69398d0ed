"""The customer's link to a callback: a signed pass that says which one, for whom, and how much it may show."""

from typing import NamedTuple

from django.urls import reverse

from samspill.callbacks.models import Callback
from samspill.contacts.merge import root_of
from samspill.contacts.models import Contact
from samspill.kit import languages, passes

LASTS_S = 180 * 24 * 60 * 60


class Opened(NamedTuple):
    """What a pass opens. Without `may_change` only the expected time is shown.

    `proven`: the link was sent to an address of the contact's own, so that what earlier calls have taught may be told.
    """

    callback: Callback
    may_change: bool
    proven: bool


def link(callback: Callback, contact: Contact | None, *, proven: bool = False, language: str = "") -> str:
    """The path of the callback's page for whoever asked as `contact`; `proven` only where they are known to be it.

    None for somebody who asked for a number that waits for a call already: they see when, and change nothing.
    """
    facts = {"callback": callback.pk, "contact": contact.pk if contact else None, "proven": proven}
    spoken = languages.spoken(language or callback.language)
    return reverse("portal:callback_page", args=[spoken, passes.issue("callback", **facts)])


def opened(text: str) -> Opened | None:
    """What the pass opens; None when it is forged, too old, or its callback is no more."""
    facts = passes.read("callback", text, LASTS_S) or {}
    rows = Callback.objects.select_related("contact", "identity")
    callback = rows.filter(pk=facts.get("callback")).first()
    asker = Contact.objects.filter(pk=facts.get("contact")).first()
    if callback is None:
        return None
    same = asker is not None and root_of(asker).pk == callback.contact_id
    return Opened(callback, same, same and bool(facts.get("proven")))
