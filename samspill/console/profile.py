from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_POST

from samspill.console.access import requires
from samspill.console.cookies import remember
from samspill.console.passwords import NewPassword
from samspill.console.setup import zones
from samspill.kit import languages
from samspill.workspace.invite import choose_password
from samspill.workspace.profile import change_profile, choose_theme

THEMES = [
    ("auto", gettext_lazy("Like the device")),
    ("light", gettext_lazy("Light")),
    ("dark", gettext_lazy("Dark")),
]


class Profile(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages.CHOICES)
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=zones)
    theme = forms.ChoiceField(label=gettext_lazy("Appearance"), choices=THEMES)


class ChangePassword(NewPassword):
    present = forms.CharField(
        label=gettext_lazy("Present password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["present", "password"]

    def clean_present(self) -> str:
        """Only who knows the password may change it."""
        if not self.agent.check_password(self.cleaned_data["present"]):
            raise forms.ValidationError(_("This is not your present password."))
        return self.cleaned_data["present"]


@requires("agent")
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change how the agent sees the desk."""
    agent = request.user
    initial = {name: getattr(agent, name) for name in Profile.base_fields}
    form = Profile(request.POST or None, initial=initial)
    if not form.is_valid():
        return _page(request, form, ChangePassword(prefix="new"))
    change_profile(agent, **form.cleaned_data)
    with override(languages.django_code(agent.language)):
        messages.success(request, _("Saved."))
    return remember(redirect("console:profile"), agent)


@require_POST
@requires("agent")
def password(request: HttpRequest) -> HttpResponse:
    """Change the agent's own password; other devices are signed out."""
    form = ChangePassword(request.POST, prefix="new")
    form.agent = request.user
    if not form.is_valid():
        initial = {name: getattr(request.user, name) for name in Profile.base_fields}
        return _page(request, Profile(initial=initial), form, status=422)
    choose_password(request.user, form.cleaned_data["password"])
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Your new password counts from now on."))
    return redirect("console:profile")


@require_POST
@requires("agent")
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice between light and dark."""
    if request.POST.get("theme") not in dict(THEMES):
        return HttpResponse(status=422)
    request.user.theme = request.POST["theme"]
    choose_theme(request.user, request.user.theme)
    return remember(HttpResponse(status=204), request.user)


def _page(request: HttpRequest, form: Profile, password: ChangePassword, status: int = 200) -> HttpResponse:
    context = {"form": form, "password_form": password}
    return render(request, "console/profile/profile.html", context, status=status)
