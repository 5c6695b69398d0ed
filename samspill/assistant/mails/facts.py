"""What a mail names, as facts a person sees at a glance; and the summary they read first."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from samspill.assistant.mails.topics import Topic
from samspill.contacts.on_record import words_on_record
from samspill.conversations.models import Conversation
from samspill.intelligence.entities.context import Context
from samspill.intelligence.entities.find import find
from samspill.intelligence.entities.numbers import OrderNumbers
from samspill.intelligence.entities.told import to_json
from samspill.kit import clock, languages
from samspill.training import labels
from samspill.workspace.current import workspace

SHOWN = (
    "order_number",
    "article_number",
    "product",
    "date",
    "time",
    "datetime",
    "amount",
    "phone",
    "email",
    "address",
)
MOST = 12
Facts = list[dict[str, str]]


def entities(text: str, language: str, conversation: Conversation) -> list[dict[str, Any]]:
    """Everything the mail names, as JSON with the words themselves."""
    company = workspace()
    context = Context(
        language=language,
        country=company.country,
        now=clock.now().astimezone(ZoneInfo(company.time_zone)),
        numbers=OrderNumbers(company.order_number),
        names=words_on_record(conversation.contact),
    )
    return [to_json(one) | {"text": text[one.start : one.end]} for one in find(text, context)]


def facts(found: Sequence[dict[str, Any]], topics: Sequence[Topic], known: Facts) -> Facts:
    """The facts of the conversation with those of this mail, each once, in the desk's language."""
    with translation.override(languages.django_code(workspace().language)):
        fresh = [
            {"name": _name(one["kind"]), "value": one["value"] or one["text"]}
            for one in found
            if one["kind"] in SHOWN
        ]
        fresh += [{"name": name, "value": value} for topic in topics for name, value in topic.facts]
    values = {fact["value"] for fact in known}
    unique = {fact["value"]: fact for fact in fresh if fact["value"] not in values}
    return [*known, *unique.values()][:MOST]


def summary(topics: Sequence[Topic], risks: dict[str, str], subject: str) -> str:
    """What the mail is about in a few lines, in the desk's language; quotes are the customer's own."""
    with translation.override(languages.django_code(workspace().language)):
        titles = labels.titles()
        about = dict.fromkeys(titles[topic.intent] for topic in topics if topic.intent in titles)
        lines = [_("About: %(what)s") % {"what": ", ".join(about) or subject or "–"}]
        lines += [
            _("Not answered yet: “%(words)s”") % {"words": topic.asked[:160]}
            for topic in topics
            if not topic.text and topic.asked and topic.intent != "complaint"
        ][:3]
        lines += [
            _("Mind: %(kind)s – “%(words)s”") % {"kind": risk(kind), "words": words}
            for kind, words in risks.items()
        ]
    return "\n".join(lines)


def risk(kind: str) -> str:
    """A kind of risk in words."""
    return {
        "legal": _("legal steps"),
        "accident": _("an accident or danger"),
        "privacy": _("data protection"),
        "cancellation": _("cancelling"),
        "money": _("money to be paid back"),
        "complaint": _("a complaint"),
    }.get(kind, kind)


def _name(kind: str) -> str:
    return {
        "order_number": _("Order number"),
        "article_number": _("Article number"),
        "product": _("Product"),
        "date": _("Date"),
        "time": _("Time"),
        "datetime": _("Date and time"),
        "amount": _("Amount"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "address": _("Address"),
    }[kind]
