from zoneinfo import available_timezones

from django import forms
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from samspill.console.cookies import remember
from samspill.console.passwords import NewPassword
from samspill.kit import languages
from samspill.workspace.found import AlreadyFounded, found
from samspill.workspace.models import Agent

BACKEND = "django.contrib.auth.backends.ModelBackend"


def zones() -> list[tuple[str, str]]:
    """Every time zone of the world that is named after a place."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class Setup(NewPassword):
    company = forms.CharField(
        label=_("Company"), max_length=120, widget=forms.TextInput(attrs={"autofocus": True})
    )
    name = forms.CharField(
        label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    language = forms.ChoiceField(label=_("Language"), choices=languages.CHOICES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, initial="Europe/Oslo")
    field_order = ["company", "name", "email", "password", "language", "time_zone"]


@login_not_required
def setup(request: HttpRequest) -> HttpResponse:
    """Make the first admin, where there is nobody yet."""
    if Agent.objects.exists():
        return redirect("console:sign_in")
    form = Setup(request.POST or None, initial={"language": languages.from_django(request.LANGUAGE_CODE)})
    if not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "console/signing_in/setup.html", {"form": form}, status=status)
    facts = form.cleaned_data
    try:
        agent = found(facts.pop("company"), **facts)
    except AlreadyFounded:
        return redirect("console:sign_in")
    login(request, agent, backend=BACKEND)
    return remember(redirect("console:inbox"), agent)
