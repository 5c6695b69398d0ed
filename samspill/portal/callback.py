"""Asking for a call on the web."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.callbacks.ask import Wish
from samspill.callbacks.link import link
from samspill.callbacks.stranger import ask_as_stranger
from samspill.callbacks.wording import WORDING
from samspill.contacts.recognise import address_hash, recognise
from samspill.kit import languages, rate
from samspill.portal.callback_form import CallbackForm, can_ask, times
from samspill.portal.form import is_trapped, key_of
from samspill.portal.page import anonymous_post, around, personal
from samspill.portal.visitor import address_of

AN_HOUR, A_DAY = 60 * 60, 60 * 60 * 24
MOST_AN_HOUR, MOST_TO_ONE = 10, 6


@login_not_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Send the reader to the form in their language."""
    language = languages.spoken(languages.from_django(translation.get_language() or "en"))
    response = redirect("portal:callback", language)
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@personal
def form(request: HttpRequest, language: str) -> HttpResponse:
    """The empty form, with a key of its own."""
    return _page(request, language, CallbackForm(), key_of(request))


@anonymous_post
def send(request: HttpRequest, language: str) -> HttpResponse:
    """Open a callback and lead to its page; sent twice it is one."""
    filled, key = CallbackForm(request.POST), key_of(request)
    if not can_ask() or not filled.is_valid():
        return _page(request, language, filled, key, status=422)
    if is_trapped(request):
        return redirect("portal:home", language)
    try:
        count(request, filled.cleaned_data["number"])
    except rate.TooMany:
        return _page(request, language, filled, key, wrong=too_many(), status=429)
    return redirect(_ask(filled.cleaned_data, key, language) + "?asked=1")


def count(request: HttpRequest, number: str) -> None:
    """Count one wish; raises TooMany past what one reader asks for, or one number is asked for."""
    rate.limit("callback", address_of(request), most=MOST_AN_HOUR, per_s=AN_HOUR)
    rate.limit("callback-to", address_hash("phone", number), most=MOST_TO_ONE, per_s=A_DAY)


def too_many() -> str:
    """What is said to whom has asked too often."""
    return _("You have asked for a call several times. Please wait a little, or call us.")


def _ask(filled: dict[str, object], key: str, language: str) -> str:
    """Ask, and return the path of the callback's page."""
    name, email = str(filled["name"]), str(filled["email"])
    told_at = recognise("email", email, name=name, language=language) if email else None
    wish = Wish(
        str(filled["number"]), "portal", topic=str(filled["topic"]), language=language, wanted=filled["when"],  # type: ignore[arg-type]
        key=f"portal:{key}", told_at=told_at,
    )  # fmt: skip
    asked = ask_as_stranger(wish, told_at.contact if told_at else None, name=name, wording=WORDING)
    return link(asked.callback, asked.contact, language=language)


def _page(
    request: HttpRequest, language: str, filled: CallbackForm, key: str, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    codes = [code for code in languages.FULL if code != language]
    others = [(code, languages.NAMES[code], reverse("portal:callback", args=[code])) for code in codes]
    context = {"form": filled, "key": key, "wrong": wrong, "can_ask": can_ask()}
    if context["can_ask"]:
        context |= times(str(filled["when"].value() or ""))
    return render(request, "portal/callback.html", context | around(request, language, others), status=status)
