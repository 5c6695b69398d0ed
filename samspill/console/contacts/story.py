"""Everything there was with a contact on one line of time: messages of all channels, consent, scores, merges."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.console.callbacks.timeline import agents, told
from samspill.contacts.merge import all_of
from samspill.contacts.models import Consent, Contact, Merge
from samspill.conversations.models import Message
from samspill.kit.models import Event
from samspill.surveys.models import Survey

PAGE = 40
ICONS = {"email": "mail", "webchat": "chat", "api": "code", "sms": "phone"}
TOLD = {"identity.verified": "verified", "contact.updated": "edit"}


@dataclass
class Line:
    """One thing that happened: `undo` is the merge it can take back."""

    at: datetime
    icon: str
    words: str
    text: str = ""
    url: str = ""
    channel: str = ""
    undo: int | None = None


def story(contact: Contact, before: datetime | None = None) -> tuple[list[Line], str]:
    """A page of it, the newest first, and where the next one begins ("" at the end)."""
    sources = (_messages, _consents, _scores, _merges, _events, _callbacks)
    lines = [line for source in sources for line in source(contact, before)]
    lines.sort(key=lambda line: line.at, reverse=True)
    more = lines[PAGE - 1].at.isoformat() if len(lines) > PAGE else ""
    return lines[:PAGE], more


def _page(rows: Any, field: str, before: datetime | None) -> Any:
    rows = rows.filter(**{f"{field}__lt": before}) if before else rows
    return rows.order_by(f"-{field}", "-pk")[: PAGE + 1]


def _messages(contact: Contact, before: datetime | None) -> list[Line]:
    rows = Message.objects.filter(conversation__contact=contact)
    rows = rows.select_related("conversation__inbox", "inbox", "agent")
    return [_message(one) for one in _page(rows, "created_at", before)]


def _message(one: Message) -> Line:
    mouth = one.inbox or one.conversation.inbox
    who = {"in": _("The customer"), "note": _("Note")}.get(one.direction, "")
    who = who or (one.agent.name if one.agent else _("The assistant"))
    address = reverse("console:conversation", args=[one.conversation_id]) + f"#message-{one.pk}"
    icon = "note" if one.direction == "note" else ICONS.get(mouth.channel, "chat")
    return Line(one.created_at, icon, who, one.text[:400], address, mouth.name)


def _consents(contact: Contact, before: datetime | None) -> list[Line]:
    return [_consent(one) for one in _page(Consent.objects.filter(contact=contact), "at", before)]


def _consent(one: Consent) -> Line:
    words = _("Consent given") if one.given else _("Consent withdrawn")
    return Line(one.at, "check" if one.given else "close", f"{words}: {one.purpose} · {one.channel}")


def _scores(contact: Contact, before: datetime | None) -> list[Line]:
    rows = Survey.objects.filter(
        conversation__contact=contact, score__isnull=False, answered_at__isnull=False
    )
    return [
        Line(one.answered_at, "star", _("Score: %(n)s of 5") % {"n": one.score}, one.comment)
        for one in _page(rows, "answered_at", before)
        if one.answered_at
    ]


def _merges(contact: Contact, before: datetime | None) -> list[Line]:
    rows = Merge.objects.filter(kept__in=all_of(contact)).select_related("kept", "merged")
    return [_merge(one) for one in _page(rows, "at", before)]


def _merge(one: Merge) -> Line:
    names = {"other": str(one.merged), "name": str(one.kept)}
    if one.undone_at:
        return Line(one.at, "undo", _("Merged with %(other)s; taken back later") % names)
    return Line(one.at, "users", _("Merged with %(other)s") % names, undo=one.pk)


def _callbacks(contact: Contact, before: datetime | None) -> list[Line]:
    kinds = ("callback.asked", "callback.moved", "callback.finished", "callback.ended")
    rows = list(_page(Event.objects.filter(contact_id__in=all_of(contact), kind__in=kinds), "at", before))
    names = agents([one.actor for one in rows])
    return [
        Line(
            one.at,
            "phone",
            told(one, names),
            url=reverse("console:callbacks_one", args=[one.data["callback"]]),
        )
        for one in rows
    ]


def _events(contact: Contact, before: datetime | None) -> list[Line]:
    rows = Event.objects.filter(contact_id__in=all_of(contact), kind__in=TOLD)
    words = {"identity.verified": _("An address was proven"), "contact.updated": _("The record was changed")}
    return [Line(one.at, TOLD[one.kind], words[one.kind]) for one in _page(rows, "at", before)]
