"""How callbacks are planned, promised and forgotten."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.callbacks.configure import configure
from samspill.callbacks.dialling import fine
from samspill.callbacks.models import CallbackSettings
from samspill.console.access import requires
from samspill.console.settings.foresight import forgettings
from samspill.console.settings.tradeoff import tradeoff


class PlanForm(forms.Form):
    """The settings of callbacks that are numbers and switches."""

    is_on = forms.BooleanField(
        label=gettext_lazy("Customers can ask to be called"), required=False,
        help_text=gettext_lazy("Off: nobody can ask any more; who has asked is still called."),
    )  # fmt: skip
    uses_model = forms.BooleanField(
        label=gettext_lazy("Work out the best time to call"), required=False,
        help_text=gettext_lazy("Off: everybody is called in order of arrival."),
    )  # fmt: skip
    dial = forms.FloatField(
        label=gettext_lazy("Fast or thorough"), min_value=0, max_value=1,
        widget=forms.NumberInput(attrs={"type": "range", "min": "0", "max": "1", "step": "0.05"}),
        help_text=gettext_lazy("Fast calls soon. Thorough waits for good hours: it reaches more people, later."),
    )  # fmt: skip
    control = forms.IntegerField(
        label=gettext_lazy("Control group, in per cent"), min_value=0, max_value=50,
        help_text=gettext_lazy(
            "So many, drawn by lot, are called in order of arrival, so that the effect of planning stays measurable."
        ),
    )  # fmt: skip
    promise_hours = forms.FloatField(
        label=gettext_lazy("First call promised within, in opening hours"), min_value=0, max_value=200,
        help_text=gettext_lazy("0: nothing is promised."),
    )  # fmt: skip
    calls_per_hour = forms.IntegerField(
        label=gettext_lazy("Calls an agent makes in an hour"), min_value=1, max_value=60
    )
    attempts = forms.IntegerField(
        label=gettext_lazy("Calls to one person at most"), min_value=1, max_value=20
    )
    rest_hours = forms.FloatField(
        label=gettext_lazy("Hours between two calls to one person"), min_value=0.25, max_value=72
    )
    per_day = forms.IntegerField(
        label=gettext_lazy("Calls to one person within 24 hours"), min_value=1, max_value=10
    )
    days = forms.IntegerField(label=gettext_lazy("Days until we stop trying"), min_value=1, max_value=60)
    link = forms.CharField(
        label=gettext_lazy("Link that starts a call"), max_length=120,
        help_text=gettext_lazy(
            "{number} becomes the number: tel:{number}, sip:{number}@pbx.example or the https address of a softphone."
        ),
    )  # fmt: skip
    number_months = forms.IntegerField(
        label=gettext_lazy("Months until a number is forgotten"), min_value=1, max_value=120,
        help_text=gettext_lazy("Counted from the last callback of the number."),
    )  # fmt: skip
    call_months = forms.IntegerField(
        label=gettext_lazy("Months until the times of calls are forgotten"), min_value=1, max_value=120,
        help_text=gettext_lazy("Counts without names are kept."),
    )  # fmt: skip

    def clean_link(self) -> str:
        """A link of a kind that starts calls."""
        if not fine(self.cleaned_data["link"]):
            raise forms.ValidationError(_("This must hold {number} and begin as in tel:, sip: or https:"))
        return str(self.cleaned_data["link"])

    def facts(self) -> dict[str, Any]:
        """As the settings hold them."""
        return {**self.cleaned_data, "control": self.cleaned_data["control"] / 100}

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields after the dial, by what they are about."""
        named = {
            _("Promise and attempts"): (
                "promise_hours",
                "attempts",
                "rest_hours",
                "per_day",
                "days",
                "calls_per_hour",
            ),
            _("Measuring and calling"): ("control", "link"),
            _("How long it is kept"): ("number_months", "call_months"),
        }
        return [(title, [self[name] for name in names]) for title, names in named.items()]


@requires("admin")
def plan(request: HttpRequest) -> HttpResponse:
    """Show and change how callbacks are planned; what is open is planned anew at once."""
    held = CallbackSettings.current()
    initial = {name: _written(getattr(held, name)) for name in PlanForm.base_fields}
    form = PlanForm(request.POST or None, initial={**initial, "control": round(100 * held.control)})
    if form.is_valid():
        configure(by=request.user, **form.facts())
        messages.success(request, _("Saved. Everything open is planned anew."))
        return redirect("console:settings_callbacks")
    context = {"form": form, "kept": held, "tradeoff": tradeoff(), "forgettings": forgettings()}
    return render(request, "console/settings/callbacks/plan.html", context)


def _written(value: Any) -> Any:
    """4, not 4.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
