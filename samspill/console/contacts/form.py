from typing import Any

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.contacts.models import Contact, Organisation
from samspill.kit import languages
from samspill.workspace.models import Agent

LANGUAGES = [("", "–"), *((code, name) for code, name in languages.NAMES.items() if code != "und")]
COUNTRIES = sorted(code for code in phonenumbers.SUPPORTED_REGIONS if len(code) == 2)


class ContactForm(forms.Form):
    """What people may change of a record."""

    name = forms.CharField(label=_("Name"), max_length=160, required=False)
    organisation = forms.CharField(label=_("Organisation"), max_length=160, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=[("", "–"), *((c, c) for c in COUNTRIES)]
    )
    responsible = forms.ModelChoiceField(
        Agent.objects.filter(is_active=True), label=_("Responsible"), required=False, empty_label="–"
    )
    vip = forms.BooleanField(label=_("VIP"), required=False)
    attributes = forms.CharField(
        label=_("More about them"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
        help_text=_("One a line, as in “Customer number: 4711”."),
    )  # fmt: skip

    def changes(self, contact: Contact) -> dict[str, Any]:
        """What is different from the record as it stands."""
        said = self.cleaned_data
        wanted = {name: said[name] for name in ("name", "language", "country", "vip")}
        wanted |= {
            "organisation_id": _organisation(said["organisation"]),
            "attributes": _read(said["attributes"], contact),
        }
        wanted["responsible_id"] = said["responsible"].pk if said["responsible"] else None
        return {name: new for name, new in wanted.items() if getattr(contact, name) != new}


def filled(contact: Contact) -> dict[str, Any]:
    """The record as the form shows it."""
    lines = [f"{key}: {held}" for key, held in contact.attributes.items() if _is_plain(held)]
    shown = {name: getattr(contact, name) for name in ("name", "language", "country", "vip", "responsible")}
    return shown | {"organisation": contact.organisation or "", "attributes": "\n".join(lines)}


def _organisation(name: str) -> int | None:
    return Organisation.objects.get_or_create(name=name)[0].pk if name else None


def _is_plain(held: Any) -> bool:
    return isinstance(held, str)


def _read(text: str, contact: Contact) -> dict[str, Any]:
    parts = (line.partition(":") for line in text.splitlines() if line.strip())
    kept = {key: held for key, held in contact.attributes.items() if not _is_plain(held)}
    return kept | {key.strip()[:80]: held.strip() for key, _colon, held in parts if key.strip()}
