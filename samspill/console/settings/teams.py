from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.console.access import requires
from samspill.workspace.models import Team
from samspill.workspace.teams import add_team, remove_team, rename_team


class TeamForm(forms.ModelForm):
    class Meta:
        model = Team
        fields = ["name"]


@requires("lead")
def teams(request: HttpRequest) -> HttpResponse:
    """The groups; admins may add one."""
    form = TeamForm(request.POST or None)
    if request.method == "POST" and not request.user.is_admin:
        raise PermissionDenied
    if form.is_valid():
        add_team(form.cleaned_data["name"], by=request.user)
        messages.success(request, _("Team added."))
        return redirect("console:settings_teams")
    rows = Team.objects.annotate(people=Count("agents", filter=Q(agents__is_active=True)))
    return render(request, "console/settings/teams.html", {"rows": rows, "form": form})


@require_POST
@requires("admin")
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a group, or dissolve it."""
    shown = get_object_or_404(Team, pk=pk)
    if "remove" in request.POST:
        remove_team(shown, by=request.user)
        messages.success(request, _("Team removed."))
        return redirect("console:settings_teams")
    form = TeamForm(request.POST, instance=shown)
    if form.is_valid():
        rename_team(shown, form.cleaned_data["name"], by=request.user)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(form.errors.get("name", [])))
    return redirect("console:settings_teams")
