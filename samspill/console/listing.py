"""Which conversations a view shows, and one page of them at a time."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import QueryDict

from samspill.assistant.models import PreparedReply
from samspill.console.sounding import MOODS
from samspill.console.views import VIEWS
from samspill.conversations.models import Conversation, Message
from samspill.workspace.models import Agent

PAGE = 25


@dataclass(frozen=True)
class Choice:
    """What the agent asked to see: a view, filters, and where the last page ended."""

    view: str = "unassigned"
    team: str = ""
    language: str = ""
    mood: str = ""
    intent: str = ""
    q: str = ""
    before: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Choice":
        """Read it from an address; what is not understood is left out."""
        view = query.get("view", "")
        return cls(
            view=view if view in VIEWS else "everyone",
            team=query.get("team", "") if query.get("team", "").isdigit() else "",
            language=query.get("language", "")[:12],
            mood=query.get("mood", "") if query.get("mood", "") in MOODS else "",
            intent=query.get("intent", "")[:60].replace("\0", ""),
            q=query.get("q", "").strip()[:100],
            before=query.get("before", ""),
        )

    @property
    def query(self) -> str:
        """The address part that leads back here, without the page."""
        return urlencode({name: value for name, value in self._parts() if value})

    def _parts(self) -> list[tuple[str, str]]:
        names = ("view", "team", "language", "mood", "intent", "q")
        return [(name, getattr(self, name)) for name in names]

    @property
    def filtered(self) -> bool:
        """True when something beyond the view narrows the list."""
        return any(value for name, value in self._parts() if name != "view")


def chosen(choice: Choice, agent: Agent) -> QuerySet[Conversation]:
    """Every conversation of the choice, newest first."""
    rows = VIEWS[choice.view].narrow(Conversation.objects.all(), agent)
    if choice.team:
        rows = rows.filter(team=choice.team)
    if choice.language:
        rows = rows.filter(language=choice.language)
    if choice.mood:
        rows = rows.filter(mood=choice.mood)
    if choice.intent:
        rows = rows.filter(intent=choice.intent)
    if choice.q:
        rows = rows.filter(_mentions(choice.q))
    return rows.order_by("-last_message_at", "-pk")


def page(choice: Choice, agent: Agent) -> tuple[list[Conversation], str]:
    """One page of rows, and the mark where the next one begins ('' at the end)."""
    rows = list(dressed(_after(chosen(choice, agent), choice.before))[: PAGE + 1])
    more = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], f"{more.last_message_at.isoformat()}~{more.pk}" if more else ""


def dressed(rows: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Rows with all that a line of the list shows, in one query."""
    last = Message.objects.filter(conversation=OuterRef("pk")).order_by("-pk")
    words = last.values(json=JSONObject(text="text", author="author", direction="direction"))
    return rows.select_related("contact", "assignee", "team").annotate(
        last=Subquery(words[:1]),
        ready=Exists(PreparedReply.objects.filter(conversation=OuterRef("pk"), state="waiting")),
    )


def _after(rows: QuerySet[Conversation], mark: str) -> QuerySet[Conversation]:
    try:
        at, _, pk = mark.partition("~")
        moment, number = datetime.fromisoformat(at), int(pk)
    except ValueError:
        return rows
    return rows.filter(last_message_at__lte=moment).exclude(last_message_at=moment, pk__gte=number)


def _mentions(text: str) -> Q:
    said = Message.objects.filter(conversation=OuterRef("pk"), text__icontains=text)
    found = Q(contact__name__icontains=text) | Q(subject__icontains=text) | Exists(said)
    number = text.removeprefix("#")
    return found | Q(pk=int(number)) if number.isdigit() and len(number) < 12 else found
