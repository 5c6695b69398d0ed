"""What a customer fills in to be called, and what is wrong with it."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.callbacks.errors import BadNumber, Refused
from samspill.callbacks.models import CallbackSettings
from samspill.callbacks.number import checked
from samspill.callbacks.offering import SOON, chosen, value
from samspill.callbacks.times import Span, offers, openings, promise
from samspill.callbacks.told import day_words, number_problem, place_words, span_words
from samspill.callbacks.wording import consent_text
from samspill.kit import clock
from samspill.workspace.current import workspace


@dataclass(frozen=True)
class Offer:
    """A span of time to choose: what the form sends for it, and its words."""

    value: str
    words: str
    day: str


class CallbackForm(forms.Form):
    """Number and time; who it is and what it is about, if they like."""

    number = forms.CharField(label=gettext_lazy("Your phone number"), max_length=40)
    name = forms.CharField(label=gettext_lazy("Your name, if you like"), max_length=160, required=False)
    topic = forms.CharField(
        label=gettext_lazy("What is it about?"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address, if you like"), max_length=254, required=False
    )
    when = forms.CharField(required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        hints = {"number": "tel", "name": "name", "email": "email", "topic": "off"}
        for field, hint in hints.items():
            self.fields[field].widget.attrs["autocomplete"] = hint
        self.fields["email"].widget.attrs["aria-describedby"] = "id_email_error email-hint"
        prepare_number(self.fields["number"])

    def clean_number(self) -> str:
        """The number as +4722225555."""
        return number_in(self.cleaned_data["number"])

    def clean_when(self) -> Span | None:
        """The span chosen; None for as soon as possible."""
        return span_in(self.cleaned_data["when"])


def prepare_number(field: forms.Field) -> None:
    """A field that phones show with their keypad for numbers."""
    field.widget.input_type = "tel"
    field.widget.attrs |= {"inputmode": "tel", "aria-describedby": "id_number_error number-hint"}
    field.error_messages["required"] = number_problem("missing")


def number_in(text: str) -> str:
    """The number, checked; raises ValidationError in words."""
    try:
        return checked(text, workspace().country)
    except BadNumber as error:
        raise forms.ValidationError(number_problem(error.code)) from None


def span_in(text: str) -> Span | None:
    """The offer that was chosen; None for as soon as possible. Raises ValidationError where it is over."""
    try:
        return chosen(text)
    except Refused:
        raise forms.ValidationError(_("This time is over by now. Please choose another one.")) from None


def all_offers() -> list[Offer]:
    """Every span on offer, in the company's time."""
    return [
        Offer(value((start, end)), f"{start:%H:%M}–{end:%H:%M}", day_words(start))
        for start, end in offers(clock.now())
    ]


def times(picked: str) -> dict[str, object]:
    """What the part of the form about the time and the consent shows."""
    days = [(day, list(found)) for day, found in groupby(all_offers(), key=lambda one: one.day)]
    return {
        "days": days,
        "chosen": picked or SOON,
        "soonest": soonest(),
        "zone": place_words(company_zone()),
        "consent": consent_text(),
    }


def soonest() -> str:
    """When a call will come that is asked for now."""
    start, end = promise(clock.now())
    return span_words(start.astimezone(company_zone()), end.astimezone(company_zone()))


def company_zone() -> ZoneInfo:
    """The time in which spans are offered."""
    return ZoneInfo(workspace().time_zone)


def can_ask() -> bool:
    """Whether callbacks are on and there are hours to call in."""
    return CallbackSettings.current().is_on and bool(openings(clock.now(), 1))
