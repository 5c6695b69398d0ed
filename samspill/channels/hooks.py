"""Where outside services post what happened: /hooks/<key of the inbox>/."""

import hashlib
import hmac
from collections.abc import Callable, Iterable

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from samspill.channels.health import heard
from samspill.channels.payload import dump
from samspill.channels.store import store
from samspill.conversations.models import Inbox

MOST_BYTES = 1024 * 1024
Door = Callable[[HttpRequest, Inbox], HttpResponse]
Entry = tuple[Inbox, str, dict[str, object]]
_doors: dict[str, Door] = {}


def register(kind: str, door: Door) -> None:
    """Make known who reads what is posted for inboxes of a kind."""
    _doors[kind] = door


@csrf_exempt
@login_not_required
def hook(request: HttpRequest, key: str) -> HttpResponse:
    """Something is posted for an inbox; its channel checks who posted it before anything is kept."""
    inbox = Inbox.objects.filter(key=key, enabled=True).first()
    door = _doors.get(inbox.channel) if inbox else None
    if inbox is None or door is None:
        raise Http404
    try:
        if len(request.body) > MOST_BYTES:
            return HttpResponse(status=413)
    except RequestDataTooBig:
        return HttpResponse(status=413)
    return door(request, inbox)


def signed(given: str, secret: str, content: bytes, algorithm: str = "sha256") -> bool:
    """Whether `given` is the hexadecimal signature of the content; takes the same time for every wrong one."""
    made = hmac.new(secret.encode(), content, algorithm).hexdigest()
    return bool(secret) and hmac.compare_digest(made.encode(), given.encode("utf-8", "replace"))


def same(given: str, wanted: str) -> bool:
    """Equality of secrets that takes the same time wherever they differ; an empty one equals nothing."""
    left, right = (hashlib.sha256(text.encode("utf-8", "replace")).digest() for text in (given, wanted))
    return bool(wanted) and hmac.compare_digest(left, right)


def keep(entries: Iterable[Entry]) -> None:
    """Keep every entry of a delivery, each once; jobs bring them in."""
    # each on its own: parallel deliveries of the same entries in another order would wait for one another
    inboxes = {}
    for inbox, key, entry in entries:
        store(inbox, key, dump(entry))
        inboxes[inbox.pk] = inbox
    for inbox in inboxes.values():
        heard(inbox)


def refused() -> HttpResponse:
    """The answer to whoever cannot prove to be the service."""
    return HttpResponse(status=403)


urlpatterns = [path("<str:key>/", hook, name="hook")]
