"""The ways to look at the inbox."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.conversations.models import Conversation
from samspill.workspace.models import Agent

Rows = QuerySet[Conversation]
Status, InCharge = Conversation.Status, Conversation.InCharge
MOST_COUNTED = 100


@dataclass(frozen=True)
class View:
    """A name, an icon and the rows it keeps."""

    title: str | Promise
    icon: str
    narrow: Callable[[Rows, Agent], Rows]
    counted: bool = True


VIEWS = {
    "mine": View(_("Mine"), "user", lambda rows, agent: rows.filter(status=Status.OPEN, assignee=agent)),
    "unassigned": View(
        _("Unassigned"),
        "tray",
        lambda rows, _agent: rows.filter(status=Status.OPEN, assignee=None, in_charge=InCharge.PERSON),
    ),
    "ready": View(
        _("Ready to send"),
        "send",
        lambda rows, _agent: rows.filter(status=Status.OPEN, prepared__state="waiting"),
    ),
    "urgent": View(_("Urgent"), "bolt", lambda rows, _agent: rows.filter(status=Status.OPEN, urgent=True)),
    "everyone": View(_("Everyone, open"), "users", lambda rows, _agent: rows.filter(status=Status.OPEN)),
    "assistant": View(
        _("With the assistant"),
        "assistant",
        lambda rows, _agent: rows.filter(status=Status.OPEN, in_charge=InCharge.ASSISTANT),
    ),
    "snoozed": View(_("Snoozed"), "clock", lambda rows, _agent: rows.filter(status=Status.SNOOZED)),
    "closed": View(
        _("Closed"), "done", lambda rows, _agent: rows.filter(status=Status.CLOSED), counted=False
    ),
}


def counts(agent: Agent) -> dict[str, str]:
    """How many conversations each view holds, counted no further than 99+; one query."""
    capped = {
        name: view.narrow(Conversation.objects.order_by(), agent).values("pk")[:MOST_COUNTED]
        for name, view in VIEWS.items()
        if view.counted
    }
    return {name: _shown(number) for name, number in _count(capped).items()}


def _count(capped: dict[str, QuerySet]) -> dict[str, int]:
    parts, values = [], []
    for rows in capped.values():
        sql, parameters = rows.query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS part)")  # noqa: S608 - the ORM's own SQL, values apart
        values.extend(parameters)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), values)
        return dict(zip(capped, cursor.fetchone(), strict=True))


def _shown(number: int) -> str:
    if number >= MOST_COUNTED:
        return "99+"
    return str(number) if number else ""
