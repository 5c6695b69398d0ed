from datetime import date, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samspill.console.access import requires
from samspill.console.setup import zones
from samspill.intelligence.entities.numbers import OrderNumbers
from samspill.workspace.company import DAYS, change_company
from samspill.workspace.current import workspace
from samspill.workspace.models import Workspace

NAMES = {
    "mon": gettext_lazy("Monday"), "tue": gettext_lazy("Tuesday"), "wed": gettext_lazy("Wednesday"),
    "thu": gettext_lazy("Thursday"), "fri": gettext_lazy("Friday"), "sat": gettext_lazy("Saturday"),
    "sun": gettext_lazy("Sunday"),
}  # fmt: skip
LONGEST_TRIED = 200


class CompanyForm(forms.ModelForm):
    """The company; opening hours are one field a day, written as 08:00-12:00, 13:00-17:00."""

    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=zones)
    closed_on = forms.CharField(
        label=gettext_lazy("Holidays"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "2026-12-25"}),
        help_text=gettext_lazy("One day per line, as year-month-day."),
    )

    class Meta:
        model = Workspace
        fields = ["name", "language", "time_zone", "country", "phone", "email", "privacy_url", "order_number"]
        labels = {
            "name": gettext_lazy("Name"), "language": gettext_lazy("Language"),
            "country": gettext_lazy("Country"), "phone": gettext_lazy("Phone"),
            "email": gettext_lazy("E-mail"),
            "privacy_url": gettext_lazy("Privacy notice"),
            "order_number": gettext_lazy("Order numbers look like"),
        }  # fmt: skip
        help_texts = {"order_number": gettext_lazy("0 stands for any digit, A for any letter: NS-00000")}

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["closed_on"].initial = "\n".join(self.instance.holidays)
        for day in DAYS:
            spans = ", ".join("–".join(span) for span in self.instance.hours.get(day, []))
            self.fields[day] = forms.CharField(label=NAMES[day], required=False, initial=spans)

    def clean_order_number(self) -> str:
        """A number without a digit could be any word."""
        if "0" not in self.cleaned_data["order_number"]:
            raise forms.ValidationError(_("Write a 0 for each digit, as in NS-00000."))
        return self.cleaned_data["order_number"]

    def clean(self) -> dict[str, object]:
        """Read hours and holidays; each wrong line is named where it stands."""
        facts = super().clean()
        self.instance.hours = {day: self._read(day, spans) for day in DAYS}
        self.instance.holidays = self._read("closed_on", days)
        return facts

    def _read(self, name: str, read: Any) -> list:
        try:
            return read(self.cleaned_data.get(name, ""))
        except ValueError as error:
            self.add_error(name, _("“%(part)s” cannot be read.") % {"part": str(error)[:40]})
            return []

    def main(self) -> list[forms.BoundField]:
        """The fields besides hours and holidays."""
        return [self[name] for name in self.Meta.fields if name != "order_number"]

    def hours(self) -> list[forms.BoundField]:
        """A field for each day of the week."""
        return [self[day] for day in DAYS]


@requires("admin")
def company(request: HttpRequest) -> HttpResponse:
    """Show and change what is known about the company."""
    form = CompanyForm(request.POST or None, instance=workspace())
    if form.is_valid():
        change_company(form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("console:settings_company")
    return render(request, "console/settings/company.html", {"form": form})


@require_POST
@requires("admin")
def try_pattern(request: HttpRequest) -> HttpResponse:
    """Show what a pattern for order numbers finds in a sentence."""
    text, mask = request.POST.get("sentence", "")[:LONGEST_TRIED], request.POST.get("order_number", "")[:40]
    found = OrderNumbers(mask).find(text) if "0" in mask else None
    return render(request, "console/settings/pattern.html", {"found": found, "broken": found is None})


def spans(text: str) -> list[list[str]]:
    """08:00-12:00, 13:00-17:00 → [["08:00", "12:00"], ["13:00", "17:00"]]. Raises ValueError."""
    return [_span(part) for part in text.replace("–", "-").split(",") if part.strip()]


def days(text: str) -> list[str]:
    """Lines of dates, sorted, each once. Raises ValueError with the line."""
    return sorted({_day(line.strip()) for line in text.splitlines() if line.strip()})


def _span(part: str) -> list[str]:
    try:
        start, end = (time.fromisoformat(moment.strip()) for moment in part.split("-"))
    except ValueError:
        raise ValueError(part.strip()) from None
    if start >= end:
        raise ValueError(part.strip())
    return [start.strftime("%H:%M"), end.strftime("%H:%M")]


def _day(line: str) -> str:
    try:
        return date.fromisoformat(line).isoformat()
    except ValueError:
        raise ValueError(line) from None
