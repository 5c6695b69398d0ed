"""What an agent writes."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.console import recipients, timeline
from samspill.console.access import requires
from samspill.console.answering import collided
from samspill.console.conversation import around, find
from samspill.console.inbox import beside_the_list
from samspill.conversations import presence
from samspill.conversations.attach import NotAccepted
from samspill.conversations.attach import attach as keep_file
from samspill.conversations.errors import Collision
from samspill.conversations.models import Attachment, Conversation, Message
from samspill.conversations.note import note
from samspill.conversations.reply import reply
from samspill.kit import clock

LONGEST = 20_000


@require_POST
@requires("agent")
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Send what stands in the composer, as an answer or as a note."""
    shown, text = find(pk), request.POST.get("text", "").strip()[:LONGEST]
    files = _files(request)
    if not text and not files:
        return _written(request, shown, _number(request, "seen"))
    external_id = request.POST.get("external_id", "")[:120] or f"{clock.now().timestamp()}"
    if request.POST.get("kind") == "note":
        note(shown, request.user, text, f"note:{external_id}")
        return _written(request, shown, _number(request, "seen"))
    try:
        _reply(request, shown, text, external_id, files)
    except Collision as collision:
        return _refused(request, shown, collision, text)
    return _written(request, shown, _number(request, "seen"))


@require_POST
@requires("agent")
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the agent has written so far, and let colleagues see that somebody writes."""
    shown, text = find(pk), request.POST.get("text", "")[:LONGEST]
    presence.keep_draft(shown, request.user, text)
    presence.look(shown, request.user, typing=bool(text))
    return HttpResponse(status=204)


@requires("agent")
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell colleagues that the agent is here (or, by POST with `leave`, no more); show who else is."""
    shown = find(pk)
    if request.method == "POST" and "leave" in request.POST:
        presence.leave(shown, request.user)
    elif request.method == "POST":
        presence.look(shown, request.user, typing="typing" in request.POST)
    context = {"others": presence.others(shown, request.user)}
    return render(request, "console/conversation/others.html", context)


@require_POST
@requires("agent")
def attach(request: HttpRequest) -> HttpResponse:
    """Store a file that will go with the next answer."""
    upload = request.FILES.get("file")
    if upload is None:
        return JsonResponse({"error": _("There is no file.")}, status=422)
    try:
        kept = keep_file(upload, agent=request.user)
    except NotAccepted as error:
        return JsonResponse({"error": str(error)}, status=422)
    return JsonResponse({"key": kept.key, "name": kept.name, "size": kept.size})


def _reply(
    request: HttpRequest, shown: Conversation, text: str, external_id: str, files: list[Attachment]
) -> Message:
    return reply(
        shown,
        request.user,
        text,
        f"agent:{external_id}",
        seen=_number(request, "seen"),
        anyway="anyway" in request.POST,
        attachments=files,
        extras=recipients.left_out(shown, request.POST),
    )


def _refused(request: HttpRequest, shown: Conversation, collision: Collision, text: str) -> HttpResponse:
    answered = shown.messages.filter(author="agent", direction="out").order_by("-pk").first()
    context = {"collision": collision, "answered": answered, "kind": "reply"}
    if request.headers.get("X-Composer"):
        return collided(request, shown, context)
    page = beside_the_list(request) | around(request, shown) | context | {"draft": text}
    return render(request, "console/inbox/inbox.html", page, status=409)


def _written(request: HttpRequest, shown: Conversation, seen: int) -> HttpResponse:
    if not request.headers.get("X-Composer"):
        return redirect("console:conversation", shown.pk)
    items = timeline.since(shown, seen, _number(request, "event"))
    return render(request, "console/conversation/items.html", {"conversation": shown, "items": items})


def _files(request: HttpRequest) -> list[Attachment]:
    keys = request.POST.getlist("attachment")[:10]
    return list(Attachment.objects.filter(key__in=keys, agent=request.user, message=None))


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdigit() else 0
