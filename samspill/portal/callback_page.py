"""The customer's page of one callback, opened by the link that only they have."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.callbacks import permission
from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.change import cancel, choose_classic, move, never_call
from samspill.callbacks.errors import Refused
from samspill.callbacks.kept import kept
from samspill.callbacks.link import Opened, link, opened
from samspill.callbacks.models import Callback
from samspill.callbacks.number import masked
from samspill.callbacks.offering import value
from samspill.callbacks.times import promise
from samspill.callbacks.told import is_late, tries, when, why
from samspill.callbacks.wording import WORDING
from samspill.kit import clock, languages, rate
from samspill.portal.callback_form import can_ask, company_zone, span_in, times
from samspill.portal.page import anonymous_post, around, personal

AN_HOUR, MOST_CHANGES = 60 * 60, 30


@personal
def page(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """How the callback stands; a friendly page where the link is not good any more."""
    found = opened(key)
    return _page(request, language, key, found) if found else _lost(request, language)


@anonymous_post
def change(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """Move, cancel, ask again, choose how the time is found, or want no calls at all; then the page again."""
    found, does = opened(key), CHANGES.get(request.POST.get("do", ""))
    if found is None or not found.may_change or does is None:
        return _lost(request, language)
    try:
        rate.limit("callback-change", str(found.callback.pk), most=MOST_CHANGES, per_s=AN_HOUR)
        return redirect(does(found, request, language) or request.path.removesuffix("change"))
    except rate.TooMany:
        return _page(
            request, language, key, found, wrong=_("That was often. Please wait a little."), status=429
        )
    except forms.ValidationError as error:
        return _page(request, language, key, found, wrong=error.messages[0], status=422)
    except Refused as error:
        return _page(request, language, key, opened(key) or found, wrong=_refusal(error.code), status=409)


@personal
def data(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """What is stored about the callback, as a file."""
    found = opened(key)
    if found is None or not found.may_change:
        return _lost(request, language)
    answer = JsonResponse(kept(found), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="callback.json"'
    return answer


def _move(found: Opened, request: HttpRequest, language: str) -> str | None:
    span = span_in(request.POST.get("when", "")) or promise(clock.now())
    move(found.callback, span, by=found.callback.contact.actor)
    return None


def _cancel(found: Opened, request: HttpRequest, language: str) -> str | None:
    cancel(found.callback, by=found.callback.contact.actor)
    return None


def _again(found: Opened, request: HttpRequest, language: str) -> str | None:
    """The same wish anew, with a link of its own."""
    before, contact = found.callback, found.callback.contact
    if before.is_open or before.identity is None:
        return None
    wish = Wish(
        before.identity.value, "portal", topic=before.topic, language=language, conversation=before.conversation,
        told_at=before.told_at,
    )  # fmt: skip
    return link(
        ask(contact, wish, by=contact.actor, wording=WORDING), contact, proven=found.proven, language=language
    )


def _classic(found: Opened, request: HttpRequest, language: str) -> str | None:
    choose_classic(found.callback, classic=True, by=found.callback.contact.actor)
    return None


def _planned(found: Opened, request: HttpRequest, language: str) -> str | None:
    choose_classic(found.callback, classic=False, by=found.callback.contact.actor)
    return None


def _never(found: Opened, request: HttpRequest, language: str) -> str | None:
    never_call(found.callback, by=found.callback.contact.actor)
    return None


CHANGES: dict[str, Callable[[Opened, HttpRequest, str], str | None]] = {
    "move": _move, "cancel": _cancel, "again": _again, "classic": _classic, "planned": _planned, "never": _never,
}  # fmt: skip


def _page(
    request: HttpRequest, language: str, key: str, found: Opened, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    codes = [code for code in languages.FULL if code != language]
    others = [
        (code, languages.NAMES[code], reverse("portal:callback_page", args=[code, key])) for code in codes
    ]
    callback = found.callback
    context = {
        "callback": callback, "found": found, "key": key, "wrong": wrong, "asked": "asked" in request.GET,
        "when": when(callback), "late": is_late(callback), "can_ask": can_ask(),
        "calling": callback.attempts.filter(outcome="").exists(),
    }  # fmt: skip
    if found.may_change:
        context |= _own(found)
    shown = around(request, language, others)
    response = render(request, "portal/callback_page.html", context | shown, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _own(found: Opened) -> dict[str, object]:
    """What only whoever asked sees."""
    callback = found.callback
    own: dict[str, object] = {
        "why": why(callback, personal=found.proven), "tries": tries(callback),
        "classic": not permission.may_plan(callback.contact), "refused": not permission.may_call(callback.contact),
        "number": masked(callback.identity.value) if callback.identity else "",
    }  # fmt: skip
    return own | times(_chosen(callback)) if callback.is_open else own


def _chosen(callback: Callback) -> str:
    """The offer the callback is moved to already."""
    if callback.not_before is None:
        return ""
    zone = company_zone()
    return value((callback.promised_from.astimezone(zone), callback.promised_by.astimezone(zone)))


def _refusal(code: str) -> str:
    return {
        "calling": _("We are calling you at this moment; this cannot be changed now."),
        "past": _("This time is over by now. Please choose another one."),
        "off": _("We do not take callbacks at the moment. Please reach us in another way."),
    }.get(code, _("This callback is over already; nothing was changed."))


def _lost(request: HttpRequest, language: str) -> HttpResponse:
    codes = [code for code in languages.FULL if code != language]
    others = [(code, languages.NAMES[code], reverse("portal:callback", args=[code])) for code in codes]
    return render(request, "portal/callback_lost.html", around(request, language, others), status=404)
