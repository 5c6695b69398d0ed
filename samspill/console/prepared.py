"""The reply the assistant has prepared to a mail: sent by one click, changed, or put away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.assistant.mails import prepared as replies
from samspill.assistant.models import PreparedReply
from samspill.console import timeline
from samspill.console.access import requires
from samspill.console.answering import collided, with_toast
from samspill.console.conversation import find
from samspill.console.ready import about
from samspill.conversations.errors import Collision
from samspill.conversations.models import Conversation


@requires("agent")
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The reply that waits in a conversation; an empty place where none does."""
    shown = find(pk)
    return render(
        request, "console/conversation/prepared.html", {"conversation": shown, **about(shown, request.user)}
    )


@require_POST
@requires("agent")
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it as it stands."""
    prepared = _find(pk)
    seen = int(request.POST["seen"]) if request.POST.get("seen", "").isdigit() else 0
    try:
        sent = replies.use(prepared, request.user, seen=seen, anyway="anyway" in request.POST)
    except Collision as collision:
        return _refused(request, prepared.conversation, collision)
    if sent is None:
        return _gone(request, prepared.conversation)
    if not request.headers.get("X-Composer"):
        return redirect("console:conversation", prepared.conversation_id)
    event = int(request.POST["event"]) if request.POST.get("event", "").isdigit() else 0
    items = timeline.since(prepared.conversation, seen, event)
    return render(
        request, "console/conversation/items.html", {"conversation": prepared.conversation, "items": items}
    )


@require_POST
@requires("agent")
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it away, with a way back."""
    prepared = _find(pk)
    if not replies.dismiss(prepared, request.user):
        return _gone(request, prepared.conversation)
    return _changed(request, prepared, _("The prepared reply is put away."), "console:prepared_back")


@require_POST
@requires("agent")
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a reply that was put away wait again."""
    prepared = _find(pk)
    if not replies.bring_back(prepared, request.user):
        return _gone(request, prepared.conversation)
    return _changed(request, prepared, _("The prepared reply is back."), "")


def _find(pk: int) -> PreparedReply:
    return get_object_or_404(
        PreparedReply.objects.select_related("conversation__contact", "conversation__inbox"), pk=pk
    )


def _changed(request: HttpRequest, prepared: PreparedReply, words: str, undo: str) -> HttpResponse:
    if not request.htmx:
        return redirect("console:conversation", prepared.conversation_id)
    context = {"conversation": prepared.conversation, **about(prepared.conversation, request.user)}
    response = render(request, "console/conversation/prepared.html", context)
    back = reverse(undo, args=[prepared.pk]) if undo else ""
    return with_toast(response, words, undo=back, changed=[prepared.conversation_id], place="prepared")


def _refused(request: HttpRequest, shown: Conversation, collision: Collision) -> HttpResponse:
    answered = shown.messages.filter(author="agent", direction="out").order_by("-pk").first()
    if request.headers.get("X-Composer"):
        return collided(request, shown, {"collision": collision, "answered": answered, "kind": "reply"})
    return redirect("console:conversation", shown.pk)


def _gone(request: HttpRequest, shown: Conversation) -> HttpResponse:
    return _refused(request, shown, Collision(_("Somebody"), "settled"))
