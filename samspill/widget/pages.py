"""What the browser loads: the script for the shop's page, the panel in its frame, files."""

import gzip
import hashlib
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from samspill.conversations import attach
from samspill.conversations.models import Attachment, Inbox
from samspill.widget.reader import language_of, words

LOADER = settings.PACKAGE / "static" / "widget" / "loader.js"
# what panel.js brings in, so that the browser fetches everything at once
MODULES = (
    "after", "callback", "cards", "composer", "dom", "host", "live", "log", "memory", "message", "outbox", "server",
    "text", "typing", "welcome", "words",
)  # fmt: skip


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def loader(request: HttpRequest) -> HttpResponse:
    """The one script a shop puts on its pages."""
    plain, packed, tag = _loader(LOADER.stat().st_mtime)
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    headers = {"ETag": tag, "Vary": "Accept-Encoding", "Cross-Origin-Resource-Policy": "cross-origin"}
    if zipped:
        headers["Content-Encoding"] = "gzip"
    body = packed if zipped else plain
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers=headers)


@login_not_required
@require_safe
def panel(request: HttpRequest) -> HttpResponse:
    """The chat itself, framed by the shop's page."""
    key = request.GET.get("inbox", "").replace("\0", "")
    inbox = get_object_or_404(Inbox, key=key, channel="webchat", enabled=True)
    language = language_of(request)
    origins = [origin for origin in inbox.settings.get("origins", []) if _is_origin(origin)]
    context = {
        "inbox": inbox,
        "language": language,
        "words": words(language),
        "origins": origins,
        "modules": [static(f"widget/{name}.js") for name in MODULES],
    }
    response = render(request, "widget/panel.html", context)
    response.framed_by = " ".join(["'self'", *origins]) if origins else "*"  # type: ignore[attr-defined]
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language
    return response


@login_not_required
@require_safe
def file(request: HttpRequest, key: str) -> HttpResponse | FileResponse:
    """A file of a conversation: pictures are shown, everything else is saved."""
    found = get_object_or_404(Attachment, key=key)
    path = attach.path(found.sha256)
    if not path.exists():
        raise Http404
    return FileResponse(
        path.open("rb"),
        as_attachment=found.kind not in attach.PICTURES,
        filename=found.name,
        content_type=found.kind,
        headers={
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=86400, immutable",
        },
    )


@cache
def _loader(changed: float) -> tuple[bytes, bytes, str]:
    plain = Path(LOADER).read_bytes()
    return plain, gzip.compress(plain, 9, mtime=0), f'"{hashlib.sha256(plain).hexdigest()[:20]}"'


def _is_origin(text: object) -> bool:
    # what stands here ends up in a header
    return isinstance(text, str) and bool(re.fullmatch(r"https?://[\w.*-]+(:\d{1,5})?", text, re.ASCII))
