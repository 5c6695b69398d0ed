"""A conversation as one line of time: what was said and what happened."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from samspill.console import mailing
from samspill.console.callbacks.timeline import told as callback_told
from samspill.conversations.models import Conversation, Message
from samspill.kit.models import Event
from samspill.training import labels
from samspill.workspace.models import Agent, Team

PAGE = 60
SHOWN = (
    "conversation.assigned", "conversation.team_assigned", "conversation.handed_over",
    "conversation.given_back", "conversation.closed", "conversation.reopened", "conversation.snoozed",
    "identity.verified", "message.redacted", "message.restored",
    "contact.opted_out", "contact.opted_in",
    "callback.asked", "callback.asked_again", "callback.moved", "callback.finished", "callback.ended",
)  # fmt: skip


@dataclass
class Line:
    """Something that happened, in words."""

    event: Event
    words: str
    icon: str

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.event.at


def earlier(conversation: Conversation, before: int | None = None) -> tuple[list[Message | Line], int | None]:
    """The last page before message `before` (of all, by default), and where the page before that begins."""
    messages = _messages(conversation)
    if before:
        messages = messages.filter(pk__lt=before)
    page = list(messages.order_by("-pk")[: PAGE + 1])
    more = page[PAGE - 1].pk if len(page) > PAGE else None
    page = page[:PAGE][::-1]
    events = Event.objects.filter(conversation_id=conversation.pk, kind__in=SHOWN)
    if more:
        events = events.filter(at__gte=page[0].created_at)
    if before and page:
        events = events.filter(at__lt=page[-1].created_at)
    return _woven(page, list(events.order_by("pk"))), more


def since(conversation: Conversation, message: int, event: int) -> list[Message | Line]:
    """What came after the given message and the given event."""
    events = Event.objects.filter(conversation_id=conversation.pk, kind__in=SHOWN, pk__gt=event)
    return _woven(list(_messages(conversation).filter(pk__gt=message)), list(events.order_by("pk")))


def _messages(conversation: Conversation):  # type: ignore[no-untyped-def]
    return conversation.messages.select_related(
        "agent", "inbox", "conversation__inbox", "letter", "dispatch"
    ).prefetch_related("attachments", "corrections")


def _woven(messages: list[Message], events: list[Event]) -> list[Message | Line]:
    _name_wants(messages)
    mailing.dress(messages)
    agents, teams = _names(events)
    lines = [Line(event, *_words(event, agents, teams)) for event in events]
    return sorted([*messages, *lines], key=lambda item: getattr(item, "created_at", None) or item.at)


def _name_wants(messages: list[Message]) -> None:
    """Say in words what each message was read as; `wants` is "" where nothing is known."""
    read = [message for message in messages if message.reading.get("intent")]
    titles = labels.titles() if read else {}
    for message in read:
        message.wants = titles.get(message.reading["intent"], "")  # type: ignore[attr-defined]


def _names(events: list[Event]) -> tuple[dict[int, Agent], dict[int, Team]]:
    if not events:
        return {}, {}
    wanted = {event.data.get("agent") for event in events} | {_acting(event) for event in events}
    agents = Agent.objects.in_bulk([pk for pk in wanted if pk])
    teams = {event.data.get("team") for event in events} - {None}
    return agents, Team.objects.in_bulk(teams) if teams else {}


def _acting(event: Event) -> int | None:
    kind, _sep, pk = event.actor.partition(":")
    return int(pk) if kind == "agent" and pk.isdigit() else None


def _words(event: Event, agents: dict[int, Agent], teams: dict[int, Team]) -> tuple[str, str]:
    acting = agents.get(_acting(event) or 0)
    who = acting.name if acting else {"assistant": _("The assistant")}.get(event.actor, _("Samspill"))
    if event.kind == "conversation.assigned":
        return _assigned(event, acting, agents), "user"
    if event.kind == "conversation.team_assigned":
        team = teams.get(event.data.get("team") or 0)
        return (
            _("%(who)s gave this to %(team)s") % {"who": who, "team": team.name if team else "–"}
        ), "users"
    if event.kind == "conversation.handed_over":
        words = _("The assistant handed over to people")
        return f"{words} · {reason(event.data.get('reason', ''))}", "hand"
    if event.kind.startswith("callback."):
        return callback_told(event, {a.actor: a.name for a in agents.values()}), "phone"
    plain = {
        "conversation.given_back": (_("%(who)s gave this back to the assistant"), "assistant"),
        "conversation.closed": (_("%(who)s closed the conversation"), "done"),
        "conversation.reopened": (_("%(who)s opened the conversation again"), "undo"),
        "conversation.snoozed": (_("%(who)s snoozed the conversation"), "clock"),
        "message.redacted": (_("%(who)s removed personal data"), "eye-off"),
        "message.restored": (_("%(who)s put personal data back"), "undo"),
        "contact.opted_out": (_("The customer wants no more messages here"), "bell-off"),
        "contact.opted_in": (_("The customer wants messages again"), "bell"),
        "identity.verified": (_("The customer proved their e-mail address"), "verified"),
    }
    words, icon = plain[event.kind]
    return words % {"who": who} if "%(who)s" in words else words, icon


def _assigned(event: Event, acting: Agent | None, agents: dict[int, Agent]) -> str:
    to = agents.get(event.data.get("agent") or 0)
    if to is None:
        return _("Nobody owns this now")
    if acting is None or acting.pk == to.pk:
        return _("%(name)s took this conversation") % {"name": to.name}
    return _("%(by)s gave this to %(name)s") % {"by": acting.name, "name": to.name}


def reason(code: str) -> str:
    """Why the assistant handed over, in words."""
    return {
        "asked": _("the customer asked for a person"),
        "failed": _("it could not help"),
        "upset": _("the customer sounds unhappy"),
        "complaint": _("the customer complains"),
        "risk": _("this needs a person's judgement"),
        "flow": _("the last step needs a person"),
        "intent": _("this always goes to a person"),
        "complex": _("several things are asked at once"),
    }.get(code, code)
