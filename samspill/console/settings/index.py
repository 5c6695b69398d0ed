from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from samspill.console.access import requires


@requires("lead")
def index(request: HttpRequest) -> HttpResponse:
    """Lead to the first page of settings that this role may open."""
    return redirect("console:settings_company" if request.user.is_admin else "console:settings_teams")
