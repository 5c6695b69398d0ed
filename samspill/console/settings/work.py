from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from procrastinate.contrib.django.models import ProcrastinateJob

from samspill.console.access import requires
from samspill.kit import parked


@requires("admin")
def work(request: HttpRequest) -> HttpResponse:
    """Jobs that kept failing, and how much is waiting. Jobs know ids only, so nothing personal is shown."""
    waiting = ProcrastinateJob.objects.filter(status="todo").count()
    context = {"rows": parked.parked(), "waiting": waiting}
    return render(request, "console/settings/work.html", context)


@require_POST
@requires("admin")
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one try again, or give it up."""
    if "drop" in request.POST:
        parked.drop(pk, by=request.user.actor)
        messages.success(request, _("The job is given up."))
    else:
        parked.retry(pk, by=request.user.actor)
        messages.success(request, _("The job tries again."))
    return redirect("console:settings_work")
