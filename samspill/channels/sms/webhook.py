"""How Twilio knocks. Source: twilio.com/docs/usage/security#validating-requests."""

import base64
import hashlib
import hmac
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from samspill.channels import hooks
from samspill.channels.service import secret
from samspill.channels.sms.incoming import split
from samspill.conversations.models import Inbox

NOTHING_TO_SAY = "<?xml version='1.0' encoding='UTF-8'?><Response/>"


def hook(request: HttpRequest, inbox: Inbox) -> HttpResponse:
    """Take what Twilio posts; nothing unsigned is kept."""
    if request.method != "POST" or not _signed(request, secret(inbox, "auth_token")):
        return hooks.refused()
    hooks.keep(split(inbox, {name: request.POST.get(name, "") for name in request.POST}))
    return HttpResponse(NOTHING_TO_SAY, content_type="text/xml")


def signature(url: str, form: QueryDict, key: str) -> str:
    """The signature under an address and the parameters of a form."""
    content = url + "".join(
        name + value for name in sorted(form) for value in sorted(set(form.getlist(name)))
    )
    return base64.b64encode(hmac.new(key.encode(), content.encode(), hashlib.sha1).digest()).decode()


def _signed(request: HttpRequest, key: str) -> bool:
    given = request.headers.get("X-Twilio-Signature", "")
    right = [hooks.same(given, signature(url, request.POST, key)) for url in _addresses(request)]
    return bool(key) and any(right)


def _addresses(request: HttpRequest) -> list[str]:
    """Ours, with and without the port that goes without saying: Twilio signs now one, now the other."""
    url = settings.URL + request.get_full_path()
    parts = urlsplit(url)
    if parts.port:
        return [url, parts._replace(netloc=parts.hostname or "").geturl()]
    port = 443 if parts.scheme == "https" else 80
    return [url, parts._replace(netloc=f"{parts.netloc}:{port}").geturl()]


hooks.register("sms", hook)
