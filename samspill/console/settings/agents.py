from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samspill.callbacks.letting_go import leave
from samspill.console.access import requires
from samspill.conversations.release import release_all
from samspill.workspace.invite import invite, key_of
from samspill.workspace.models import Agent, Team
from samspill.workspace.staff import LastAdmin, change, deactivate, reactivate


class Staff(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=Agent.Role.choices,
        initial=Agent.Role.AGENT,
        help_text=gettext_lazy("Agents answer, leads supervise, admins configure."),
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.all(),
        label=gettext_lazy("Teams"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class Invitation(Staff):
    email = forms.EmailField(label=gettext_lazy("E-mail"))
    field_order = ["name", "email", "role", "teams"]


@requires("admin")
def agents(request: HttpRequest) -> HttpResponse:
    """Everybody who works here."""
    rows = Agent.objects.prefetch_related("teams").order_by("-is_active", "name")
    return render(request, "console/settings/agents.html", {"rows": rows})


@requires("admin")
def invite_agent(request: HttpRequest) -> HttpResponse:
    """Add somebody, and show the link with which they choose a password."""
    form = Invitation(request.POST or None)
    added = _invited(form, request.user) if form.is_valid() else None
    if added is None:
        return render(request, "console/settings/invite.html", {"form": form})
    return _with_link(request, added)


@requires("admin")
def agent(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an agent's name, role and teams."""
    shown = get_object_or_404(Agent, pk=pk)
    initial = {"name": shown.name, "role": shown.role, "teams": shown.teams.all()}
    form = Staff(request.POST or None, initial=initial)
    if form.is_valid() and _try(form, lambda: change(shown, **form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("console:settings_agents")
    return render(request, "console/settings/agent.html", {"form": form, "agent": shown})


@require_POST
@requires("admin")
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a fresh link for an agent who has forgotten the password."""
    return _with_link(request, get_object_or_404(Agent, pk=pk, is_active=True))


@require_POST
@requires("admin")
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """End an agent's access, or give it again."""
    shown = get_object_or_404(Agent, pk=pk)
    if "active" in request.POST:
        reactivate(shown, by=request.user)
        return redirect("console:settings_agents")
    try:
        _part_with(shown, request.user)
    except LastAdmin:
        messages.error(request, _("Somebody must stay admin."))
    return redirect("console:settings_agents")


@transaction.atomic
def _part_with(leaving: Agent, by: Agent) -> None:
    deactivate(leaving, by=by)
    release_all(leaving, by=by.actor)
    leave(leaving, by=by.actor)


def _invited(form: Invitation, by: Agent) -> Agent | None:
    try:
        return invite(**form.cleaned_data, by=by)
    except IntegrityError:
        form.add_error("email", _("Somebody with this e-mail works here already."))
        return None


def _try(form: forms.Form, act: Any) -> bool:
    try:
        act()
    except LastAdmin:
        form.add_error("role", _("Somebody must stay admin."))
        return False
    return True


def _with_link(request: HttpRequest, shown: Agent) -> HttpResponse:
    path = reverse("console:join", args=[shown.pk, key_of(shown)])
    context = {"agent": shown, "link": request.build_absolute_uri(path)}
    return render(request, "console/settings/link.html", context)
