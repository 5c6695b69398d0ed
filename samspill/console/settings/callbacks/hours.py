"""Within which hours people of a country are called, and when their schools are closed."""

from typing import Any

import phonenumbers
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.callbacks.configure import configure, is_day, with_school
from samspill.callbacks.models import CallbackSettings
from samspill.callbacks.reach.rules import spans_of
from samspill.callbacks.rules import shipped
from samspill.callbacks.school import Spans, Unreadable, from_calendar, from_lines
from samspill.console.access import requires
from samspill.console.settings.company import NAMES, spans
from samspill.workspace.company import DAYS
from samspill.workspace.current import workspace

LARGEST = 1_000_000
DEFAULT = "default"
COUNTRIES = sorted(code for code in phonenumbers.SUPPORTED_REGIONS if len(code) == 2 and code.isalpha())


class HoursForm(forms.Form):
    """Spans of a day, as 10:00-13:00, 14:00-20:00; empty: no calls on that day."""

    holidays = forms.BooleanField(
        label=gettext_lazy("Call on public holidays as on other days"), required=False
    )

    def __init__(self, one: dict[str, Any], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["holidays"].initial = one.get("holidays", False)
        for day, held in zip(DAYS, one["week"], strict=True):
            self.fields[day] = forms.CharField(label=NAMES[day], required=False, initial=written(held))

    def clean(self) -> dict[str, Any]:
        """Read each day; what cannot be read is named where it stands."""
        facts = super().clean() or {}
        self.week = [self._read(day, facts.get(day, "")) for day in DAYS]
        return facts

    def _read(self, day: str, text: str) -> list[list[float]] | None:
        try:
            found = sorted([_hour(part) for part in span] for span in spans(text))
            if not is_day(found):
                raise ValueError(text)
        except ValueError as error:
            self.add_error(day, _("“%(part)s” cannot be read.") % {"part": str(error)[:40]})
            return None
        return found or None

    def rows(self) -> list[forms.BoundField]:
        """A field for each day of the week."""
        return [self[day] for day in DAYS]


class SchoolForm(forms.Form):
    """The school holidays of a region."""

    region = forms.RegexField(
        r"^[\w-]+$", label=gettext_lazy("Country or region"), max_length=20,
        help_text=gettext_lazy("As in the record of the contact: NO, NO-03, DE-BY."),
    )  # fmt: skip
    lines = forms.CharField(
        label=gettext_lazy("Holidays"), required=False,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "2026-10-01 – 2026-10-05"}),
        help_text=gettext_lazy("One span a line, as year-month-day. Empty and without a file: the region goes."),
    )  # fmt: skip
    file = forms.FileField(label=gettext_lazy("Or an iCalendar file (.ics)"), required=False)

    def clean(self) -> dict[str, Any]:
        """The spans of lines and file together."""
        facts = super().clean() or {}
        self.spans: Spans = []
        try:
            self.spans = from_lines(facts.get("lines") or "")
        except Unreadable as bad:
            self.add_error("lines", _("“%(part)s” cannot be read.") % {"part": bad.part})
        if facts.get("file"):
            self._take_in(facts["file"])
        return facts

    def _take_in(self, file: Any) -> None:
        if file.size > LARGEST:
            return self.add_error("file", _("This file is too large."))
        try:
            self.spans += from_calendar(file.read().decode("utf-8-sig", "replace"))
        except Unreadable:
            self.add_error("file", _("No holidays can be read from this file."))
        return None


@requires("admin")
def hours(request: HttpRequest) -> HttpResponse:
    """All countries with hours of their own, and the school holidays."""
    held, ships = CallbackSettings.current(), shipped()
    wanted = request.GET.get("country", "").upper()
    if wanted in COUNTRIES:
        return redirect("console:settings_callbacks_country", wanted)
    form = SchoolForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        school = with_school(form.spans, form.cleaned_data["region"], held.school)
        configure(by=request.user, school=school)
        messages.success(request, _("Saved. Everything open is planned anew."))
        return redirect("console:settings_callbacks_hours")
    rows = [_row(code, one, own=code in held.legal) for code, one in {**ships, **held.legal}.items()]
    context = {
        "rows": sorted(rows, key=lambda row: (row["code"] != DEFAULT, row["code"])),
        "countries": COUNTRIES,
        "home": workspace().country,
        "school": sorted(held.school.items()),
        "form": form,
    }
    return render(request, "console/settings/callbacks/hours.html", context)


@requires("admin")
def country(request: HttpRequest, code: str) -> HttpResponse:
    """The hours of one country; the ones that ship with the product can be brought back."""
    held, ships = CallbackSettings.current(), shipped()
    if code != DEFAULT and code not in COUNTRIES:
        raise Http404
    one = held.legal.get(code) or ships.get(code) or held.legal.get(DEFAULT) or ships[DEFAULT]
    form = HoursForm(one, request.POST or None)
    legal = {name: found for name, found in held.legal.items() if name != code}
    if "shipped" in request.POST:
        return _saved(request, legal)
    if request.method == "POST" and form.is_valid():
        return _saved(
            request, {**legal, code: {"week": form.week, "holidays": form.cleaned_data["holidays"]}}
        )
    context = {"form": form, "code": code, "own": code in held.legal}
    return render(request, "console/settings/callbacks/country.html", context)


def written(day: list[Any] | None) -> str:
    """[8, 21.5] → 08:00–21:30, several spans with commas between them; '' for a day without calls."""
    return ", ".join("–".join(map(_clock, span)) for span in spans_of(day))


def _clock(hour: float) -> str:
    return f"{int(hour):02}:{round(hour % 1 * 60):02}"


def _saved(request: HttpRequest, legal: dict[str, Any]) -> HttpResponse:
    configure(by=request.user, legal=legal)
    messages.success(request, _("Saved. Everything open is planned anew."))
    return redirect("console:settings_callbacks_hours")


def _row(code: str, one: dict[str, Any], *, own: bool) -> dict[str, Any]:
    return {
        "code": code,
        "own": own,
        "week": [written(span) for span in one["week"]],
        "holidays": one["holidays"],
    }


def _hour(text: str) -> float:
    hour, minute = text.split(":")
    return int(hour) + int(minute) / 60
