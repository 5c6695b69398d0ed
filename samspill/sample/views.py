"""The demo shop: a page with the one script line, as any shop would have it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from samspill.channels.webchat.vouched import Customer, sign
from samspill.conversations.models import Inbox
from samspill.kit import languages
from samspill.sample import mailbox, shop


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What the shop sells."""
    inbox, language = _open_shop(), _language(request)
    return _page(request, "demo/front.html", inbox, language, products=shop.products(language))


@login_not_required
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """What the signed-in demo customer has bought; who is not signed in may choose somebody."""
    inbox, language = _open_shop(), _language(request)
    email = request.session.get("demo_customer", "")
    mine = shop.orders(email, language) if email else []
    return _page(request, "demo/orders.html", inbox, language, orders=mine, customers=shop.customers())


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Become one of the demo customers, or nobody again."""
    _open_shop()
    person = shop.customer(request.POST.get("email", ""))
    request.session["demo_customer"] = person["email"] if person else ""
    return redirect("demo:orders")


@login_not_required
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """The mails that would have been sent."""
    inbox = _open_shop()
    if not mailbox.is_open():
        raise Http404
    return _page(request, "demo/mail.html", inbox, _language(request), mails=mailbox.mails())


def _open_shop() -> Inbox:
    inbox = shop.inbox()
    if inbox is None:
        raise Http404
    return inbox


def _language(request: HttpRequest) -> str:
    chosen = request.GET.get("language") or request.session.get("demo_language") or ""
    if chosen in languages.FULL:
        if request.session.get("demo_language") != chosen:
            request.session["demo_language"] = chosen
        return chosen
    return languages.spoken(languages.from_django(request.LANGUAGE_CODE))


def _page(request: HttpRequest, template: str, inbox: Inbox, language: str, **more: Any) -> HttpResponse:
    person = shop.customer(request.session.get("demo_customer", ""))
    token = sign(inbox, Customer(person["email"], person["name"])) if person else ""
    words = shop.words(language)
    context = {
        "inbox": inbox,
        "language": language,
        "languages": languages.CHOICES,
        "w": words,
        "person": person,
        "signed_in": words["signed_in"].format(name=person["name"]) if person else "",
        "visitor": token,
        "mailbox": mailbox.is_open(),
        **more,
    }
    response = render(request, template, context)
    response.headers["Cache-Control"] = "no-store"
    return response
