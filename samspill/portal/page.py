"""What every page of the help centre does: speak the language of its address, need no cookie, be cheap."""

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from samspill.callbacks.models import CallbackSettings
from samspill.conversations.models import Inbox
from samspill.kit import languages
from samspill.knowledge import revision

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """A page anybody may read in the language its address names."""

    @wraps(view)
    def page(request: HttpRequest, language: str, **parts: Any) -> HttpResponse:
        if language not in languages.NAMES:
            raise Http404
        tag = f'W/"{_state(request)}"'
        if request.headers.get("If-None-Match") == tag:
            return HttpResponseNotModified(headers={"ETag": tag, "Cache-Control": "no-cache"})
        with translation.override(languages.django_code(languages.spoken(language))):
            response = view(request, language, **parts)
        for name, value in (("ETag", tag), ("Cache-Control", "no-cache"), ("Content-Language", language)):
            response.headers.setdefault(name, value)
        return response

    return login_not_required(require_safe(page))


def personal(view: View) -> View:
    """A page for one reader, opened by a link that only they have: never kept, never found by a search engine."""

    @wraps(view)
    def page(request: HttpRequest, language: str, **parts: Any) -> HttpResponse:
        if language not in languages.NAMES:
            raise Http404
        request.chat, request.callbacks = chat(), CallbackSettings.current().is_on
        with translation.override(languages.django_code(languages.spoken(language))):
            response = view(request, language=language, **parts)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return never_cache(login_not_required(require_safe(page)))


def anonymous_post(view: View) -> View:
    """A small thing a reader without a session sends. Pages stay cacheable because they carry no token:
    the browser itself says whether the request comes from our own page."""

    @wraps(view)
    def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            raise SuspiciousOperation("sent from another site")
        with translation.override(languages.django_code(languages.spoken(parts["language"]))):
            return view(request, **parts)

    return csrf_exempt(login_not_required(require_POST(answer)))


def chat() -> Inbox | None:
    """The inbox whose chat button stands on the pages."""
    return Inbox.objects.filter(channel="webchat", enabled=True).order_by("pk").first()


def around(request: HttpRequest, language: str, others: list[tuple[str, ...]]) -> dict[str, object]:
    """What the frame of every page shows: its language, its other languages, its one true address."""
    return {
        "language": language,
        "language_name": languages.NAMES.get(language, language),
        "others": others,
        "site": settings.URL,
        "canonical": settings.URL + request.path,
    }


def _state(request: HttpRequest) -> str:
    inbox = chat()
    request.chat, request.callbacks = inbox, CallbackSettings.current().is_on
    parts = (revision.current(), _drawn(), request.get_full_path(), inbox and inbox.key, request.callbacks)
    return hashlib.blake2b(repr(parts).encode(), digest_size=9).hexdigest()


@cache
def _drawn() -> float:
    """When the pages were last designed anew: a release changes pages without changing articles."""
    files = [*(settings.PACKAGE / "templates" / "portal").rglob("*.html"), *settings.PACKAGE.rglob("*.mo")]
    return max(file.stat().st_mtime for file in files)
