from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from samspill.console.cookies import remember
from samspill.console.passwords import NewPassword
from samspill.console.setup import BACKEND
from samspill.workspace.invite import choose_password, invited


@never_cache
@login_not_required
def join(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Let an invited agent choose a password; the link works once."""
    agent = invited(pk, key)
    if agent is None:
        return render(request, "console/signing_in/join.html", status=410)
    form = NewPassword(request.POST or None)
    form.agent = agent
    if not form.is_valid():
        return render(request, "console/signing_in/join.html", {"form": form, "agent": agent})
    choose_password(agent, form.cleaned_data["password"])
    login(request, agent, backend=BACKEND)
    return remember(redirect("console:inbox"), agent)
