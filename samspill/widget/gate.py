"""The door to the widget's endpoints: who asks, how much, and what goes wrong said in the reader's language.

No cookie is read here: a visitor shows his pass in the Authorization header, which no foreign page can make
a browser send. That is why these endpoints need no CSRF token.
"""

import ipaddress
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samspill.channels.webchat.incoming import Refused
from samspill.channels.webchat.visitors import Visitor, read_pass
from samspill.conversations.attach import NotAccepted
from samspill.conversations.models import Inbox
from samspill.kit import rate
from samspill.widget.reader import language_of, words

View = Callable[..., HttpResponse]
STATUS = {
    "garbled": 400, "pass": 401, "consent": 403, "inbox": 404, "gone": 404, "too_large": 413,
}  # fmt: skip
MOST_BYTES = 64 * 1024


def endpoint(*methods: str, most_bytes: int = MOST_BYTES) -> Callable[[View], View]:
    """A view that answers JSON to a browser without a session; every refusal becomes {error, message}."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **parts: str) -> HttpResponse:
            response = _answer(view, request, most_bytes, parts)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return csrf_exempt(login_not_required(require_http_methods(list(methods))(answer)))

    return wrap


def visitor_of(request: HttpRequest) -> Visitor:
    """The visitor whose pass came with the request. Raises Refused."""
    visitor = shown_pass(request)
    if visitor is None:
        raise Refused("pass")
    return visitor


def shown_pass(request: HttpRequest) -> Visitor | None:
    """The visitor whose pass came with the request, or None."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    return read_pass(text.strip()) if scheme.lower() == "visitor" else None


def inbox_of(**key: object) -> Inbox:
    """An inbox that takes chats now. Raises Refused."""
    inbox = Inbox.objects.filter(channel="webchat", enabled=True, **key).first()
    if inbox is None:
        raise Refused("inbox")
    return inbox


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, for counting tries; the nearest proxy is believed if there is one."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    address = forwarded if settings.SECURE_PROXY_SSL_HEADER and forwarded else request.META["REMOTE_ADDR"]
    return _neighbourhood(address or "")


def _neighbourhood(address: str) -> str:
    # one subscriber holds a whole /64 of IPv6
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else str(known)


def _answer(view: View, request: HttpRequest, most_bytes: int, parts: dict[str, str]) -> HttpResponse:
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > most_bytes:
            raise Refused("too_large")
        return view(request, **parts)
    except Refused as refused:
        return _refusal(request, refused.code, STATUS.get(refused.code, 422))
    except rate.TooMany as flood:
        response = _refusal(request, "too_many", 429)
        response.headers["Retry-After"] = str(flood.retry_after_s)
        return response
    except NotAccepted as reason:
        return JsonResponse({"error": "file", "message": str(reason)}, status=422)
    except RequestDataTooBig:
        return _refusal(request, "too_large", 413)
    except (DataError, ValueError):
        return _refusal(request, "garbled", 400)


def _refusal(request: HttpRequest, code: str, status: int) -> JsonResponse:
    message = words(language_of(request))["errors"][code]
    return JsonResponse({"error": code, "message": message}, status=status)
