"""When a service takes only approved templates: the composer says so and offers them."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.channels.models import Template
from samspill.channels.port import channel_of
from samspill.channels.window import closes_at
from samspill.console.access import requires
from samspill.console.answering import collided
from samspill.console.conversation import find
from samspill.conversations.errors import Collision
from samspill.conversations.models import Conversation
from samspill.conversations.reply import reply
from samspill.kit import clock, crypto

_PLACE = re.compile(r"\{\{\s*(\d+)\s*\}\}")
LONGEST = 500


@requires("agent")
def window(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the service still takes free text here, and the templates it takes otherwise."""
    return render(request, "console/conversation/window.html", _shown(find(pk)))


@requires("agent")
def preview(request: HttpRequest, pk: int, template: int) -> HttpResponse:
    """One template with its places to fill in, and how it reads so far."""
    shown = find(pk)
    chosen = get_object_or_404(Template, pk=template, inbox=shown.inbox, approved=True)
    return render(request, "console/conversation/template.html", _filled(request, shown, chosen))


@require_POST
@requires("agent")
def send(request: HttpRequest, pk: int, template: int) -> HttpResponse:
    """Send a template with every place filled in."""
    shown = find(pk)
    chosen = get_object_or_404(Template, pk=template, inbox=shown.inbox, approved=True)
    context = _filled(request, shown, chosen)
    values = [value for _number, value in context["places"]]
    if not all(values):
        context["problem"] = _("Fill in every place first.")
        return render(request, "console/conversation/template.html", context)
    kept = {"template": {"name": chosen.name, "language": chosen.language, "values": values}}
    try:
        reply(
            shown,
            request.user,
            str(context["text"]),
            f"agent:{request.POST.get('external_id', '')[:120]}",
            seen=_whole(request.POST.get("seen", "")),
            extras=kept,
        )
    except Collision as collision:
        return collided(request, shown, {"collision": collision, "kind": "template"})
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": f"/desk/c/{pk}/"})
    return redirect("console:conversation", pk)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _shown(shown: Conversation) -> dict[str, object]:
    limited = bool(getattr(channel_of(shown.inbox), "has_window", False))
    closes = closes_at(shown) if limited else None
    templates = Template.objects.filter(inbox=shown.inbox, approved=True).order_by("name", "language")
    return {
        "conversation": shown,
        "limited": limited,
        "closes": closes,
        "closed": limited and (closes is None or closes <= clock.now()),
        "templates": templates if limited else [],
    }


def _filled(request: HttpRequest, shown: Conversation, chosen: Template) -> dict[str, object]:
    given = request.POST if request.method == "POST" else request.GET
    numbers = sorted({int(number) for number in _PLACE.findall(chosen.text)})
    places = [(number, given.get(f"place{number}", "").strip()[:LONGEST]) for number in numbers]
    filled = dict(places)
    text = _PLACE.sub(lambda hit: filled[int(hit[1])] or hit[0], chosen.text)
    return {
        "conversation": shown,
        "template": chosen,
        "places": places,
        "text": text,
        "external_id": given.get("external_id") or crypto.token(12),
        "seen": shown.messages.order_by("-pk").values_list("pk", flat=True).first() or 0,
    }
