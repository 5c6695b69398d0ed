from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Where a reader comes from, only to count tries; the nearest proxy is believed if there is one."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    return forwarded if settings.SECURE_PROXY_SSL_HEADER and forwarded else request.META["REMOTE_ADDR"] or "?"
