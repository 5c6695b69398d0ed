from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.care.configure import configure
from samspill.care.owners import care_settings
from samspill.console.access import requires
from samspill.workspace.models import Agent


class CareForm(forms.Form):
    """How the records are looked after."""

    every_months = forms.IntegerField(
        label=gettext_lazy("A review every so many months"), min_value=0, max_value=60,
        help_text=gettext_lazy("0: only when somebody asks for one."),
    )  # fmt: skip
    stale_months = forms.IntegerField(
        label=gettext_lazy("Out of date after so many months without contact"), min_value=1, max_value=240
    )
    due_days = forms.IntegerField(
        label=gettext_lazy("Days to work off a finding"), min_value=1, max_value=365
    )
    owner = forms.ModelChoiceField(
        Agent.objects.filter(is_active=True), label=gettext_lazy("Who looks at what is nobody's"), required=False,
        empty_label=gettext_lazy("The leads in turn"),
    )  # fmt: skip


@requires("admin")
def settings(request: HttpRequest) -> HttpResponse:
    """How often, how old, until when, and who."""
    care = care_settings()
    initial = {name: getattr(care, name) for name in ("every_months", "stale_months", "due_days", "owner")}
    form = CareForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        configure(**form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("console:care")
    return render(request, "console/care/settings.html", {"form": form})
