"""Who makes callbacks: in which languages, when, and whether now."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.callbacks.configure import go_on_duty, set_caller
from samspill.callbacks.models import Caller
from samspill.console.access import requires
from samspill.console.settings.company import NAMES, spans
from samspill.kit import languages
from samspill.workspace.company import DAYS
from samspill.workspace.models import Agent

SPOKEN = [(code, name) for code, name in languages.NAMES.items() if code != "und"]


class CallerForm(forms.Form):
    """Languages and hours of one caller."""

    on_duty = forms.BooleanField(label=gettext_lazy("Makes callbacks now"), required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=SPOKEN, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None: every language."),
    )  # fmt: skip

    def __init__(self, caller: Caller, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["on_duty"].initial = caller.on_duty
        self.fields["languages"].initial = caller.languages
        for day in DAYS:
            there = ", ".join("–".join(span) for span in caller.hours.get(day, []))
            self.fields[day] = forms.CharField(label=NAMES[day], required=False, initial=there)

    def clean(self) -> dict[str, Any]:
        """Read each day; what cannot be read is named where it stands."""
        facts = super().clean() or {}
        self.hours = {day: self._read(day, facts.get(day, "")) for day in DAYS}
        return facts

    def _read(self, day: str, text: str) -> list[list[str]]:
        try:
            return spans(text)
        except ValueError as error:
            self.add_error(day, _("“%(part)s” cannot be read.") % {"part": str(error)[:40]})
            return []

    def rows(self) -> list[forms.BoundField]:
        """A field for each day of the week."""
        return [self[day] for day in DAYS]


@requires("lead")
def callers(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, with what is known of them as callers."""
    rows = list(Agent.objects.filter(is_active=True).select_related("caller").prefetch_related("teams"))
    found = [(one, getattr(one, "caller", None)) for one in rows]
    return render(request, "console/settings/callbacks/callers.html", {"rows": found})


@requires("lead")
def caller(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the languages and hours of one caller."""
    agent = get_object_or_404(Agent, pk=pk, is_active=True)
    known = getattr(agent, "caller", None) or Caller(agent=agent, on_duty=False)
    form = CallerForm(known, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        set_caller(agent, languages=said["languages"], hours=form.hours, by=request.user)
        go_on_duty(agent, on=said["on_duty"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("console:settings_callbacks_callers")
    return render(request, "console/settings/callbacks/caller.html", {"form": form, "agent": agent})
