from django import forms
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samspill.console.access import requires
from samspill.console.cookies import LIVE_PATH, admit, remember
from samspill.kit import rate
from samspill.workspace.models import Agent

TRIES, WINDOW_S = 10, 15 * 60


class SignIn(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let an agent in by e-mail and password."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    if not Agent.objects.exists():
        return redirect("console:setup")
    form = SignIn(request.POST or None)
    agent = _agent(request, form) if form.is_valid() else None
    if agent is None:
        status = 200 if request.method == "GET" else 422
        context = {"form": form, "next": _next(request)}
        return render(request, "console/signing_in/sign_in.html", context, status=status)
    login(request, agent)
    return remember(redirect(_next(request)), agent)


@require_POST
@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    response = redirect("console:sign_in")
    response.delete_cookie("live", path=LIVE_PATH)
    return response


@requires("agent")
def pass_(request: HttpRequest) -> HttpResponse:
    """A fresh pass to the live stream, for a page that has been open for long."""
    return admit(HttpResponse(status=204), request.user)


def _agent(request: HttpRequest, form: SignIn) -> Agent | None:
    email = form.cleaned_data["email"].lower()
    try:
        rate.limit("sign-in-from", request.META.get("REMOTE_ADDR", ""), most=TRIES, per_s=WINDOW_S)
        rate.limit("sign-in-as", email, most=TRIES, per_s=WINDOW_S)
    except rate.TooMany as error:
        minutes = max(1, round(error.retry_after_s / 60))
        form.add_error(None, _("Too many tries. Please wait %(n)d minutes.") % {"n": minutes})
        return None
    agent = authenticate(request, username=email, password=form.cleaned_data["password"])
    if agent is None:
        form.add_error(None, _("E-mail and password do not match. Please check both."))
    return agent


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/desk/"
