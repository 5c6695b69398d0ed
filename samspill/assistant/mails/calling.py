"""A mail that asks to be called: what the reply says, and the callback that is opened when the reply goes out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from samspill.assistant.mails.phrases import phrase
from samspill.assistant.mails.topics import Topic, flow_of
from samspill.assistant.mind import Mind
from samspill.assistant.models import PreparedReply
from samspill.conversations.callback import Callbacks, NotPossible, Offer, Wish, callbacks
from samspill.conversations.models import Message
from samspill.flows.flow import CallTool
from samspill.flows.spans import meant
from samspill.intelligence.entities.context import Context
from samspill.intelligence.entities.phones import find_phones
from samspill.kit import clock
from samspill.workspace.current import workspace

TOOL = "callback.request"


def with_calls(
    topics: Sequence[Topic], message: Message, text: str, language: str, knowing: Mind, *, proven: bool
) -> list[Topic]:
    """The same points, where a wish to be called gets a time; a number is only believed of a proven sender."""
    return [
        _called(topic, message, text, language, proven=proven) if _is_call(topic, knowing) else topic
        for topic in topics
    ]


def _called(topic: Topic, message: Message, text: str, language: str, *, proven: bool) -> Topic:
    desk = callbacks()
    if desk is None:
        return replace(topic, kind="person", text="")
    return _told(topic, desk, message, text, language, proven=proven)


def _is_call(topic: Topic, knowing: Mind) -> bool:
    flow = flow_of(topic.intent, knowing)
    used = (step.tool for step in flow.steps.values() if isinstance(step, CallTool)) if flow else ()
    return TOOL in used


def _told(
    topic: Topic, desk: Callbacks, message: Message, text: str, language: str, *, proven: bool
) -> Topic:
    number = _number(message, text, language) if proven else ""
    try:
        offer = desk.offer(message.conversation.contact, number, language)
    except NotPossible:
        where = phrase(language, "call_where", url=desk.page(language))
        return replace(topic, kind="asks", text=where, language=language, facts=())
    when = meant(offer.times, text, _context(language)) or ""
    said = phrase(language, "will_call", number=offer.number, when=_words(offer, when))
    call = {"number": number, "when": when, "said": said, "topic": message.letter.subject}
    return replace(topic, kind="answer", text=said, language=language, personal=True, facts=(), call=call)


def _number(message: Message, text: str, language: str) -> str:
    """What stands in the mail itself, else how its writer signs; never what is quoted."""
    regions = _context(language).regions
    places = (text, message.letter.signature)
    return next((found.value for place in places for found in find_phones(place, regions)), "")


def _words(offer: Offer, when: str) -> str:
    return next((row["label"] for row in offer.times if when and row["value"] == when), offer.soon)


def _context(language: str) -> Context:
    company = workspace()
    now: datetime = clock.now().astimezone(ZoneInfo(company.time_zone))
    return Context(language, company.country, now, expects=frozenset({"moment"}))


def keep_word(prepared: PreparedReply, text: str, by: str) -> str:
    """Open the callback this reply promises, in the caller's transaction; the text with the time and link of now.

    Where it cannot be opened any more, the customer is shown where to choose another time.
    """
    desk, call = callbacks(), prepared.callback
    if not call or desk is None:
        return text
    return text.replace(call["said"], _settled(prepared, desk, by, "call_settled"))


def keep_word_in(prepared: PreparedReply, text: str, by: str) -> str:
    """The same for a text that an agent has changed: the link stands where the promise was, else below the number.

    A text that names the number no more promises nothing.
    """
    desk, call = callbacks(), prepared.callback
    if not call or desk is None or call["said"] in text:
        return keep_word(prepared, text, by)
    paragraphs = text.split("\n\n")
    place = next((i for i, one in enumerate(paragraphs) if _names(one, call["number"])), None)
    if place is None:
        return text
    told = _settled(prepared, desk, by, "call_planned")
    return "\n\n".join([*paragraphs[: place + 1], told, *paragraphs[place + 1 :]])


def _settled(prepared: PreparedReply, desk: Callbacks, by: str, words: str) -> str:
    asked, language = _open(prepared, desk, by), prepared.language
    if asked is None:
        return phrase(language, "call_where", url=desk.page(language))
    return phrase(language, words, number=asked.number, when=asked.when, url=asked.url)


def _names(text: str, number: str) -> bool:
    return _digits(number)[-6:] in _digits(text)


def _open(prepared: PreparedReply, desk: Callbacks, by: str) -> Any:
    call = prepared.callback
    # no text of ours was read: the ledger names the mail in which the customer asked
    wish = Wish(
        call["number"], "email", topic=call["topic"], when=call["when"], language=prepared.language,
        wording=f"mail:{prepared.message_id}", proven=True,
    )  # fmt: skip
    for one in (wish, replace(wish, when="")):
        try:
            return desk.request(prepared.conversation, one, by=by)
        except NotPossible as problem:
            if problem.code != "past":
                return None
    return None


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
