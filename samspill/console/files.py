from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from samspill.console.access import requires
from samspill.conversations.attach import PICTURES, path
from samspill.conversations.models import Attachment


@requires("agent")
def file(request: HttpRequest, key: str) -> HttpResponse:
    """A file of a conversation: pictures are shown, the rest is downloaded."""
    kept = get_object_or_404(Attachment, key=key)
    if kept.message_id is None and kept.agent_id != request.user.pk:
        raise Http404
    where = path(kept.sha256)
    if not where.exists():
        raise Http404
    shown = kept.kind in PICTURES
    response = FileResponse(where.open("rb"), as_attachment=not shown, filename=kept.name)
    response["Content-Type"] = kept.kind
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=86400"
    return response
