"""One callback with everything that happened to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samspill.callbacks.models import Callback
from samspill.console.access import requires
from samspill.console.callbacks.person import facts, outcomes
from samspill.console.callbacks.timeline import timeline


@require_safe
@requires("agent")
def callback(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a callback, open or ended."""
    rows = Callback.objects.select_related(
        "contact__organisation", "identity", "conversation", "taken_by", "team"
    )
    shown = get_object_or_404(rows, pk=pk)
    context = {**facts(shown), "lines": timeline(shown), "outcomes": outcomes()}
    return render(request, "console/callbacks/detail.html", context)
