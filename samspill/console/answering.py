"""What a page answers after something was done: for HTMX a piece and a toast, else a redirect."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRefresh

from samspill.console.conversation import find, heading
from samspill.conversations.models import Conversation


def done(request: HttpRequest, pk: int, words: str, undo: str = "") -> HttpResponse:
    """Say what was done to a conversation; `undo` names the page that takes it back."""
    if not request.htmx:
        messages.success(request, words)
        return redirect("console:conversation", pk)
    response = render(request, "console/conversation/head.html", heading(request, find(pk)))
    return with_toast(response, words, undo=reverse(undo, args=[pk]) if undo else "", changed=[pk])


def again(request: HttpRequest, back: str) -> HttpResponse:
    """The page as it is now, after something was taken back."""
    return HttpResponseClientRefresh() if request.htmx else redirect(back)


def with_toast(
    response: HttpResponse,
    words: str,
    *,
    undo: str = "",
    changed: list[int] | None = None,
    place: str = "head",
) -> HttpResponse:
    """Have the page show a toast and refresh the rows of `changed`; undoing redraws `place`."""
    told = {"toast": {"text": words, "undo": undo, "place": place}, "desk:changed": {"ids": changed or []}}
    response["HX-Trigger"] = json.dumps(told)
    return response


def collided(request: HttpRequest, shown: Conversation, context: dict[str, object]) -> HttpResponse:
    """Tell the agent what somebody else did meanwhile; nothing was written."""
    context = {"conversation": shown, **context}
    return render(request, "console/conversation/collision.html", context, status=409)
