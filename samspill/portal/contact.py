"""The contact form, and what its sender sees afterwards."""

from babel.dates import format_date
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.callbacks.ask import Wish
from samspill.callbacks.link import link, opened
from samspill.callbacks.stranger import ask_as_stranger
from samspill.callbacks.told import when
from samspill.callbacks.wording import WORDING
from samspill.channels.form import inbox_for_forms, write
from samspill.contacts.recognise import address_hash
from samspill.conversations.attach import NotAccepted, attach
from samspill.conversations.models import Attachment, Inbox, Message
from samspill.kit import clock, languages, passes, rate
from samspill.knowledge import deflect
from samspill.knowledge.search import Result, search
from samspill.knowledge.vectors import meaning
from samspill.portal.callback import count
from samspill.portal.callback_form import can_ask, times
from samspill.portal.form import MOST_FILES, ContactForm, is_trapped, key_of
from samspill.portal.page import anonymous_post, around, public
from samspill.portal.visitor import address_of
from samspill.workspace.current import workspace
from samspill.workspace.hours import opening

AN_HOUR = 60 * 60
MOST_AN_HOUR, MOST_TO_ONE = 10, 5
RECEIPT_S = 60 * 60 * 24
SUGGESTED = 3
DAYS = {"nb": "EEEE d. MMMM", "de": "EEEE, d. MMMM", "en": "EEEE d MMMM", "zh_Hant": "M月d日EEEE"}


@login_not_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Send the reader to the form in their language."""
    language = languages.spoken(languages.from_django(translation.get_language() or "en"))
    response = redirect(_address("contact", language, request))
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@public
def contact(request: HttpRequest, language: str) -> HttpResponse:
    """The empty form."""
    return _page(request, language, ContactForm())


@anonymous_post
def send(request: HttpRequest, language: str) -> HttpResponse:
    """Open a conversation; where no script ran, first show once what may answer it already."""
    form, key, inbox = ContactForm(request.POST), key_of(request), inbox_for_forms()
    if inbox is None or not form.is_valid():
        return _page(request, language, form, key=key, status=422)
    if is_trapped(request):
        return redirect(_address("contact_sent", language, request))
    found = [] if request.POST.get("seen") else _fitting(form, language)
    if found:
        deflect.offered(key, "form", language)
        return _page(request, language, form, key=key, found=found)
    try:
        return _sent(request, language, form, key, inbox)
    except NotAccepted as error:
        return _page(request, language, form, key=key, wrong=str(error), status=422)
    except rate.TooMany:
        words = _("You have written to us several times within the hour. Please wait a little, or call us.")
        return _page(request, language, form, key=key, wrong=words, status=429)


def _sent(request: HttpRequest, language: str, form: ContactForm, key: str, inbox: Inbox) -> HttpResponse:
    filled = form.filled(key, language)
    rate.limit("form", address_of(request), most=MOST_AN_HOUR, per_s=AN_HOUR)
    rate.limit("form-to", address_hash("email", filled.email), most=MOST_TO_ONE, per_s=AN_HOUR)
    if form.wants_call:
        count(request, form.cleaned_data["number"])
    message = write(inbox, filled, _files(request))
    deflect.wrote(key, message.conversation_id)
    call = _call(form, message, key, language) if form.wants_call else ""
    receipt = passes.issue("receipt", conversation=message.conversation_id, call=call)
    return redirect(_address("contact_sent", language, request, receipt=receipt))


def _call(form: ContactForm, message: Message, key: str, language: str) -> str:
    """Have the sender called about what they wrote; returns the path of the callback's page."""
    held, filled = message.conversation, form.cleaned_data
    wish = Wish(
        filled["number"], "form", topic=filled["topic"], language=language, wanted=filled["when"], conversation=held,
        key=f"form:{key}", told_at=held.identity,
    )  # fmt: skip
    asked = ask_as_stranger(wish, held.contact, wording=WORDING)
    return link(asked.callback, asked.contact, language=language)


def _files(request: HttpRequest) -> list[Attachment]:
    return [attach(file) for file in request.FILES.getlist("files")[:MOST_FILES] if file.name]


def _fitting(form: ContactForm, language: str) -> list[Result]:
    question = f"{form.cleaned_data['topic']} {form.cleaned_data['text']}"[:300]
    return search(question, language, SUGGESTED, meaning(question))


@public
def sent(request: HttpRequest, language: str) -> HttpResponse:
    """The receipt: a number, what happens next, and when."""
    facts = passes.read("receipt", request.GET.get("receipt", ""), RECEIPT_S) or {}
    call = opened(str(facts.get("call", "")).rstrip("/").rpartition("/")[2])
    context = {
        "number": facts.get("conversation"), "embedded": _embedded(request), "call": facts.get("call"),
        "called": when(call.callback) if call else "", **_expected(language),
    }  # fmt: skip
    response = render(request, "portal/contact_sent.html", context | around(request, language, []))
    response.headers["Cache-Control"] = "no-store"
    return _framed(request, response)


def _expected(language: str) -> dict[str, str]:
    """Until when we are here today, or when we are next, in the company's own time."""
    state = opening(workspace(), clock.now())
    locale = languages.spoken(language).replace("-", "_")
    day = format_date(state.opens_at, DAYS[locale], locale=locale) if state.opens_at else ""
    return {
        "until": f"{state.closes_at:%H:%M}" if state.closes_at else "",
        "day": day,
        "time": f"{state.opens_at:%H:%M}" if state.opens_at else "",
    }


def _page(
    request: HttpRequest,
    language: str,
    form: ContactForm,
    *,
    key: str = "",
    found: object = (),
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    others = [
        (code, languages.NAMES[code], reverse("portal:contact", args=[code])) for code in languages.FULL
    ]
    context: dict[str, object] = {
        "form": form,
        "key": key,
        "found": found,
        "wrong": wrong,
        "can_answer": inbox_for_forms() is not None,
        "embedded": _embedded(request),
        "most_files": MOST_FILES,
        "can_call": can_ask(),
    }
    if context["can_call"]:
        context |= times(str(form["when"].value() or ""))
    shown = around(request, language, [one for one in others if one[0] != language])
    return _framed(request, render(request, "portal/contact.html", context | shown, status=status))


def _embedded(request: HttpRequest) -> bool:
    return "embed" in request.GET


def _framed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Any page may show the form in a frame: nobody is signed in here, so nothing can be done in their name."""
    if _embedded(request):
        response.framed_by = "*"  # type: ignore[attr-defined]
    return response


def _address(name: str, language: str, request: HttpRequest, **more: str) -> str:
    query = {**more, **({"embed": "1"} if _embedded(request) else {})}
    return reverse(f"portal:{name}", args=[language] if language else [], query=query or None)
