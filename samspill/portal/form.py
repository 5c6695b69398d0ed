"""What a customer fills in on the contact form, and what is wrong with it."""

import re

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samspill.channels.form import Filled
from samspill.kit import crypto

MOST_FILES = 5
_KEY = re.compile(r"[A-Za-z0-9_-]{16,40}")


class ContactForm(forms.Form):
    """Name, address, topic, text; an order number where there is one."""

    name = forms.CharField(label=_("Your name"), max_length=160)
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)
    topic = forms.CharField(label=_("What is it about?"), max_length=150)
    text = forms.CharField(label=_("Your message"), max_length=10_000, widget=forms.Textarea({"rows": 7}))
    order = forms.CharField(label=_("Order number, if there is one"), max_length=40, required=False)

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        hints = {"name": "name", "email": "email", "order": "off", "topic": "off"}
        for name, hint in hints.items():
            self.fields[name].widget.attrs["autocomplete"] = hint
        self.fields["text"].error_messages["required"] = _("Please tell us what we can do for you.")
        self.fields["email"].error_messages["required"] = _("We need an address to send the answer to.")

    def filled(self, key: str, language: str) -> Filled:
        """What was filled in."""
        return Filled(
            key=key, language=language, **{name: str(value) for name, value in self.cleaned_data.items()}
        )


def key_of(request: HttpRequest) -> str:
    """The key of this visit; a new one where the browser made none."""
    given = request.POST.get("key", "")
    return given if _KEY.fullmatch(given) else crypto.token(18)


def is_trapped(request: HttpRequest) -> bool:
    """Whether a program filled in the field that no person sees."""
    return bool(request.POST.get("website", ""))
