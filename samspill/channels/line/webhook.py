import base64
import hashlib
import hmac

from django.http import HttpRequest, HttpResponse

from samspill.channels import hooks
from samspill.channels.errors import Unreadable
from samspill.channels.line.incoming import split
from samspill.channels.payload import load
from samspill.channels.service import secret
from samspill.conversations.models import Inbox


def hook(request: HttpRequest, inbox: Inbox) -> HttpResponse:
    """Take what LINE posts; nothing unsigned is kept."""
    key = secret(inbox, "channel_secret")
    made = base64.b64encode(hmac.new(key.encode(), request.body, hashlib.sha256).digest()).decode()
    given = request.headers.get("X-Line-Signature", "")
    if request.method != "POST" or not key or not hooks.same(given, made):
        return hooks.refused()
    try:
        hooks.keep(split(inbox, load(request.body)))
    except Unreadable:
        return HttpResponse(status=400)
    return HttpResponse("ok", content_type="text/plain")


hooks.register("line", hook)
