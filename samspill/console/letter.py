"""What a mail was besides its text: as it looked, as it came, and out once more where it did not arrive."""

import base64
import re
from html import unescape

import nh3
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.channels.again import send_again
from samspill.channels.models import Letter
from samspill.console.access import requires
from samspill.console.answering import with_toast
from samspill.conversations.attach import PICTURES, path
from samspill.conversations.models import Attachment, Message

LARGEST = 3_000_000  # bytes of an inline picture that is shown in its place
_SOURCE = re.compile(r' src="([^"]*)"')


@requires("agent")
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail as its writer saw it, in a frame that can do nothing; pictures from elsewhere only when asked for."""
    letter = get_object_or_404(Letter, message=pk)
    if not letter.html:
        raise Http404
    remote = "images" in request.GET
    pictures = "data: https: http:" if remote else "data:"
    html = _with_pictures(safe(letter.html), letter.message_id)
    context = {"html": html.replace(' data-remote="', ' src="') if remote else html}
    response = render(request, "console/conversation/original.html", context)
    response["Content-Security-Policy"] = (
        f"default-src 'none'; img-src {pictures}; style-src 'unsafe-inline'; frame-ancestors 'self';"
        " form-action 'none'; base-uri 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
    )
    response["Referrer-Policy"] = "no-referrer"
    response.framed_by = "'self'"
    return response


@requires("agent")
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail byte for byte, as a file."""
    letter = get_object_or_404(Letter.objects.select_related("inbound"), message=pk)
    if letter.inbound is None:
        raise Http404
    response = HttpResponse(bytes(letter.inbound.raw), content_type="message/rfc822")
    response["Content-Disposition"] = f'attachment; filename="mail-{pk}.eml"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@requires("agent")
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try once more to deliver what did not arrive."""
    message = get_object_or_404(
        Message.objects.select_related("conversation", "dispatch"), dispatch__isnull=False, pk=pk
    )
    tried = send_again(message.dispatch, by=request.user.actor)
    if not request.htmx:
        return redirect("console:conversation", message.conversation_id)
    words = _("It is on its way again.") if tried else _("It has been sent already.")
    response = render(request, "console/conversation/trying.html", {"tried": tried})
    return with_toast(response, words)


def safe(html: str) -> str:
    """The HTML without anything that acts. It was made safe when it came in; a second lock costs little."""
    return nh3.clean(
        html, url_schemes={"http", "https", "mailto", "tel", "cid", "data"}, attributes=_attributes()
    )


def _attributes() -> dict[str, set[str]]:
    known = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    known["*"] = {"class", "align", "valign", "dir", "lang"}
    pictures = {"src", "alt", "title", "width", "height", "data-remote"}
    return known | {"a": {"href", "title"}, "img": pictures}


def _with_pictures(html: str, message: int) -> str:
    """Pictures that came with the mail stand in it; the frame may fetch nothing, not even from us."""
    files = Attachment.objects.filter(message=message, kind__in=PICTURES, size__lte=LARGEST).exclude(
        content_id=""
    )
    known = {}
    for file in files:
        known[f"cid:{file.content_id.strip('<>')}"] = known[reverse("console:file", args=[file.key])] = file
    return _SOURCE.sub(lambda hit: f' src="{_inline(known.get(unescape(hit[1])), hit[1])}"', html)


def _inline(file: Attachment | None, source: str) -> str:
    if file is None or not path(file.sha256).exists():
        return source
    content = base64.b64encode(path(file.sha256).read_bytes()).decode()
    return f"data:{file.kind};base64,{content}"
