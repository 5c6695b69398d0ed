from django.http import HttpRequest, HttpResponse

from samspill.channels import hooks
from samspill.channels.meta import door
from samspill.channels.meta.incoming import split
from samspill.conversations.models import Inbox


def hook(request: HttpRequest, inbox: Inbox) -> HttpResponse:
    """Take what Meta posts for this account, or answer its handshake."""
    return door.answer(request, inbox, split)


hooks.register("messenger", hook)
