"""The way out of mails that follow a chat: the last line of each leads here."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samspill.channels.webchat.continuing import stop as stop_mails
from samspill.contacts.models import Identity
from samspill.kit import passes


@csrf_exempt  # mail programs post here by themselves
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, and stop: opening a link must change nothing, because mail servers open links too."""
    facts = passes.read("stop", key)
    if facts is None:
        raise Http404
    identity = get_object_or_404(Identity, pk=facts.get("identity"))
    if request.method == "POST":
        stop_mails(identity)
    return render(request, "portal/stop.html", {"stopped": request.method == "POST"})
