from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from samspill.callbacks.foresight import FEWEST, work_out
from samspill.callbacks.models import CallbackSettings, Forgetting
from samspill.console.access import requires
from samspill.console.settings.tradeoff import tradeoff

LATEST = 20


@requires("admin")
def foresight(request: HttpRequest) -> HttpResponse:
    """Between fast and thorough, and what was forgotten; to be worked out anew."""
    if request.method == "POST":
        return _anew(request)
    shown = {"tradeoff": tradeoff(), "forgettings": forgettings(), "kept": CallbackSettings.current()}
    return render(request, "console/settings/foresight.html", shown)


def forgettings() -> list[Forgetting]:
    """The latest reports of what was forgotten."""
    return list(Forgetting.objects.order_by("-pk")[:LATEST])


def _anew(request: HttpRequest) -> HttpResponse:
    if work_out(by=request.user.actor):
        messages.success(request, _("It is being worked out. That takes about a minute."))
    else:
        words = _("There is too little to go by yet: it takes %(n)d callbacks of the last six weeks.")
        messages.error(request, words % {"n": FEWEST})
    back = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if inside else "console:settings_foresight")
