"""The form in the panel by which a visitor asks to be called, whoever answers the chat."""

from datetime import datetime
from typing import Any

from babel.dates import format_skeleton
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from samspill.callbacks.offering import value
from samspill.callbacks.times import Span, offers, promise
from samspill.channels.webchat.incoming import Refused, parse_object, word
from samspill.channels.webchat.visitors import Visitor
from samspill.contacts import verify
from samspill.conversations.callback import Asked, Callbacks, NotPossible, Wish, callbacks
from samspill.conversations.models import Conversation, Inbox, Message
from samspill.conversations.receive import open_conversation
from samspill.conversations.reply import speak
from samspill.kit import clock, rate
from samspill.widget.gate import address_of, endpoint, inbox_of, visitor_of
from samspill.widget.reader import language_of, words

WORDING = "callback-panel-2026-11"  # `callback_agree` in the panel's strings; a new text gets a new name
FROM_ONE_PLACE = 60  # wishes an hour: a whole office has one address
CODES = {
    "missing": "number_missing", "no_number": "number_none", "not_in_use": "number_unused", "costs": "number_costs",
    "past": "call_past", "off": "call_off", "too_often": "too_many",
}  # fmt: skip


@endpoint("GET", "POST")
def callback(request: HttpRequest) -> HttpResponse:
    """GET gives the times to choose from, POST asks to be called."""
    visitor, desk = visitor_of(request), callbacks()
    inbox = inbox_of(pk=visitor.inbox_id)
    if desk is None:
        raise Refused("call_off")
    if request.method == "GET":
        return JsonResponse(_times())
    rate.limit("callbacks", address_of(request), most=FROM_ONE_PLACE, per_s=3600)
    _ask(inbox, visitor, desk, parse_object(request.body), language_of(request))
    return JsonResponse({})


def _times() -> dict[str, Any]:
    now = clock.now()
    return {
        "soon": _iso(promise(now)),
        "times": [{"value": value(span), **_iso(span)} for span in offers(now)],
    }


def _iso(span: Span) -> dict[str, str]:
    return {"from": span[0].isoformat(), "until": span[1].isoformat()}


@transaction.atomic
def _ask(inbox: Inbox, visitor: Visitor, desk: Callbacks, body: dict[str, object], language: str) -> None:
    """Open a callback and say so in the conversation, once for each `id`; nothing is kept where that cannot be."""
    key = word(body, "id", 64)
    if len(key) < 8:
        raise Refused("garbled")
    identity = visitor.met(language)
    held = open_conversation(inbox, identity)
    if Message.objects.filter(conversation=held, external_id=f"callback:{key}").exists():
        return
    wish = Wish(
        word(body, "number", 60), "chat", topic=word(body, "topic", 1000), when=word(body, "when", 40),
        language=language, wording=WORDING, proven=bool(verify.proven_addresses(identity)),
    )  # fmt: skip
    try:
        asked = desk.request(held, wish, by=identity.contact.actor)
    except NotPossible as problem:
        raise Refused(CODES.get(problem.code, "garbled")) from None
    _say(held, asked, f"callback:{key}", language)


def _say(held: Conversation, asked: Asked, key: str, language: str) -> None:
    said = words(language)["callback_said"].format(number=asked.number, when=_span(asked, language))
    author = Message.Author.SYSTEM
    speak(held, said, key, extras={"card": dict(asked.card)}, language=language, author=author)


def _span(asked: Asked, language: str) -> str:
    """Mon, 23 Nov 09:00–12:00: day and hours as they are written where the panel's language is at home."""
    begins, ends = (datetime.fromisoformat(asked.card[end]) for end in ("from", "until"))
    locale = {"en": "en_GB"}.get(language, language.replace("-", "_"))
    first, last = (format_skeleton("MMMEd", moment, locale=locale) for moment in (begins, ends))
    return f"{first} {begins:%H:%M}–{'' if first == last else last + ' '}{ends:%H:%M}"
