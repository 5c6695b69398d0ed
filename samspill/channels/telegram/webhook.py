from django.http import HttpRequest, HttpResponse

from samspill.channels import hooks
from samspill.channels.errors import Unreadable
from samspill.channels.payload import load
from samspill.channels.telegram.incoming import split
from samspill.conversations.models import Inbox
from samspill.kit import crypto


def secret_token(inbox: Inbox) -> str:
    """What Telegram shows with everything it posts, since we told it so."""
    return crypto.digest("telegram hook", inbox.key)


def hook(request: HttpRequest, inbox: Inbox) -> HttpResponse:
    """Take what Telegram posts; nothing is kept that does not show the secret."""
    given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    if request.method != "POST" or not hooks.same(given, secret_token(inbox)):
        return hooks.refused()
    try:
        hooks.keep(split(inbox, load(request.body)))
    except Unreadable:
        return HttpResponse(status=400)
    return HttpResponse("ok", content_type="text/plain")


hooks.register("telegram", hook)
