"""The customer's page of one callback, opened by the link that only they have."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspill.callbacks.link import opened
from samspill.callbacks.told import when, why
from samspill.portal.page import around, personal


@personal
def page(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """How the callback stands; a friendly page where the link is not good any more."""
    found = opened(key)
    shown = around(request, language, [])
    if found is None:
        return render(request, "portal/callback_lost.html", shown, status=404)
    context = {"callback": found.callback, "when": when(found.callback)}
    if found.may_change:
        context["why"] = why(found.callback, personal=found.proven)
    return render(request, "portal/callback_page.html", context | shown)
