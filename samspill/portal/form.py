"""What a customer fills in on the contact form, and what is wrong with it."""

import re

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samspill.callbacks.times import Span
from samspill.channels.form import Filled
from samspill.kit import crypto
from samspill.portal.callback_form import can_ask, number_in, prepare_number, span_in

MOST_FILES = 5
WRITTEN = ("name", "email", "topic", "text", "order")
_KEY = re.compile(r"[A-Za-z0-9_-]{16,40}")


class ContactForm(forms.Form):
    """Name, address, topic, text; an order number where there is one."""

    name = forms.CharField(label=_("Your name"), max_length=160)
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)
    topic = forms.CharField(label=_("What is it about?"), max_length=150)
    text = forms.CharField(label=_("Your message"), max_length=10_000, widget=forms.Textarea({"rows": 7}))
    order = forms.CharField(label=_("Order number, if there is one"), max_length=40, required=False)
    by = forms.CharField(max_length=5, required=False)  # "phone": they would rather be called
    number = forms.CharField(label=_("Your phone number"), max_length=40, required=False)
    when = forms.CharField(max_length=40, required=False)

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        hints = {"name": "name", "email": "email", "order": "off", "topic": "off"}
        for name, hint in hints.items():
            self.fields[name].widget.attrs["autocomplete"] = hint
        prepare_number(self.fields["number"])
        self.fields["text"].error_messages["required"] = _("Please tell us what we can do for you.")
        self.fields["email"].error_messages["required"] = _("We need an address to send the answer to.")

    @property
    def wants_call(self) -> bool:
        """Whether they would rather be called."""
        return self["by"].value() == "phone" and can_ask()

    def clean_number(self) -> str:
        """The number as +4722225555; nobody who is not called needs one."""
        return number_in(self.cleaned_data["number"]) if self.wants_call else ""

    def clean_when(self) -> Span | None:
        """The span to be called in; None for as soon as possible."""
        return span_in(self.cleaned_data["when"]) if self.wants_call else None

    def filled(self, key: str, language: str) -> Filled:
        """What was filled in."""
        written = {name: str(self.cleaned_data[name]) for name in WRITTEN}
        return Filled(key=key, language=language, **written)


def key_of(request: HttpRequest) -> str:
    """The key of this visit; a new one where the browser made none."""
    given = request.POST.get("key", "")
    return given if _KEY.fullmatch(given) else crypto.token(18)


def is_trapped(request: HttpRequest) -> bool:
    """Whether a program filled in the field that no person sees."""
    return bool(request.POST.get("website", ""))
