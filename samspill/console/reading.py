"""How one message was read, what moved it, and the word of a person against it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.console.access import requires
from samspill.console.answering import with_toast
from samspill.console.conversation import heading
from samspill.console.sounding import SHORT
from samspill.conversations.models import Message
from samspill.conversations.understand import models
from samspill.intelligence.errors import ModelUnavailable
from samspill.kit import languages
from samspill.training.correct import NotCorrectable
from samspill.training.correct import correct as set_right
from samspill.training.correct import uncorrect as take_back
from samspill.training.models import Correction


@require_safe
@requires("agent")
def sounds(request: HttpRequest, pk: int) -> HttpResponse:
    """The line beside a message that says how it sounds."""
    return render(request, "console/conversation/sounds.html", {"item": _find(pk)})


@require_safe
@requires("agent")
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """What moved the reading, with the words the model itself listened to, and what can be corrected."""
    message = _find(pk)
    context = {
        "item": message,
        "listened": _listened(message),
        "moods": SHORT.items(),
        "languages": [(code, name) for code, name in languages.NAMES.items() if code != "und"],
        "corrected": {one.what for one in message.corrections.all()},
    }
    return render(request, "console/conversation/reading.html", context)


@require_POST
@requires("agent")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The message should have been read otherwise."""
    message, what = _find(pk), request.POST.get("what", "")
    if what == Correction.What.INTENT:
        raise Http404
    try:
        set_right(message, what, request.POST.get("right", ""), request.user)
    except NotCorrectable as error:
        raise Http404 from error
    words = _("Thank you. The models learn from it.")
    return _answer(request, pk, words, undo=reverse("console:uncorrect", args=[pk, what]))


@require_POST
@requires("agent")
def uncorrect(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Take that back."""
    take_back(_find(pk), what, request.user)
    return _answer(request, pk, _("Taken back."))


def _find(pk: int) -> Message:
    said = Message.objects.select_related("conversation__contact").prefetch_related("corrections")
    return get_object_or_404(said, pk=pk, direction=Message.Direction.IN)


def _listened(message: Message) -> list[tuple[str, float]]:
    """Asked for only here: each word is left out once, which takes a moment."""
    if not message.reading.get("scores") or message.mood in ("", "neutral"):
        return []
    try:
        return models().explain(message.text, message.mood, message.language)
    except (ModelUnavailable, ValueError):
        return []


def _answer(request: HttpRequest, pk: int, words: str, undo: str = "") -> HttpResponse:
    message = _find(pk)
    if not request.htmx:
        messages.success(request, words)
        return redirect("console:conversation", message.conversation_id)
    context = heading(request, message.conversation) | {"item": message, "swap": True}
    response = render(request, "console/conversation/reread.html", context)
    return with_toast(response, words, undo=undo, changed=[message.conversation_id])
