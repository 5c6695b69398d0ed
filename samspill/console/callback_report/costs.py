"""What the company says about its costs and about the time before."""

from typing import Any

from babel.numbers import is_currency
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.callbacks import roi
from samspill.callbacks.models import CallbackSettings
from samspill.console.access import requires
from samspill.console.callback_report.tables import currency

MOST = 1_000_000_000


def _number(label: Any, **more: Any) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "min": 0})
    return forms.FloatField(
        label=label, required=False, widget=widget, **{"min_value": 0, "max_value": MOST} | more
    )


class CostsForm(forms.Form):
    """Costs in the company's own money."""

    currency = forms.CharField(label=gettext_lazy("Currency"), min_length=3, max_length=3)
    hour = _number(gettext_lazy("An agent’s hour costs"))
    minutes = _number(
        gettext_lazy("Minutes a call takes"),
        max_value=600,
        help_text=gettext_lazy("With looking up and noting down, whether somebody answers or not."),
    )
    worth = _number(
        gettext_lazy("One more reached customer brings"),
        help_text=gettext_lazy("On average over all, also those who do not buy."),
    )
    once = _number(gettext_lazy("Invested once"))
    monthly = _number(gettext_lazy("Paid a month"))
    requests = forms.IntegerField(
        label=gettext_lazy("Requests a year"),
        required=False,
        min_value=0,
        max_value=MOST,
        help_text=gettext_lazy("Empty: as many as now."),
    )

    def clean_currency(self) -> str:
        """A currency of the world."""
        code = self.cleaned_data["currency"].upper()
        if not is_currency(code):
            raise forms.ValidationError(_("Three letters, as in NOK, EUR or TWD."))
        return code


class BeforeForm(forms.Form):
    """Figures from before, as the company knows them."""

    first = _number(gettext_lazy("Reached at the first call, of 100"), max_value=100)
    total = _number(gettext_lazy("Reached in all, of 100"), max_value=100)
    attempts = _number(gettext_lazy("Calls per request"), max_value=100)
    hours = _number(gettext_lazy("Hours to contact, mean"), max_value=10_000)

    def told(self) -> dict[str, float]:
        """Only what was filled in; shares of one."""
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        return {name: value / 100 if name in ("first", "total") else value for name, value in given.items()}


@requires("admin")
def costs(request: HttpRequest) -> HttpResponse:
    """See and change both."""
    what = request.POST.get("what", "") if request.method == "POST" else ""
    money = CostsForm(request.POST if what == "costs" else None, initial=_costs())
    before = BeforeForm(request.POST if what == "before" else None, initial=_before())
    if what == "costs" and money.is_valid():
        given = {name: value or 0 for name, value in money.cleaned_data.items()}
        roi.change_costs(roi.Costs(**given), by=request.user)
        return _saved(request)
    if what == "before" and before.is_valid():
        roi.change_before(before.told(), by=request.user)
        return _saved(request)
    context = {"money": money, "before": before}
    status = 422 if money.errors or before.errors else 200
    return render(request, "console/callback_report/costs.html", context, status=status)


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("console:callback_report")


def _costs() -> dict[str, Any]:
    held = {name: value for name, value in CallbackSettings.current().costs.items() if value}
    return {"currency": currency()} | {name: _short(value) for name, value in held.items()}


def _before() -> dict[str, Any]:
    held = CallbackSettings.current().before
    return {
        name: _short(100 * value if name in ("first", "total") else value) for name, value in held.items()
    }


def _short(value: Any) -> Any:
    """12.0 is 12."""
    rounded = round(value, 4) if isinstance(value, float) else value
    return int(rounded) if isinstance(rounded, float) and rounded.is_integer() else rounded
