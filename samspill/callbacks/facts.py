"""What the reach model is told: people, requests, traces and calls, read from the product's tables, each once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from samspill.callbacks.models import Attempt, Callback
from samspill.callbacks.people import person
from samspill.callbacks.reach.facts import Attempt as Call
from samspill.callbacks.reach.facts import Person, Request, Trace
from samspill.conversations.models import Message
from samspill.kit import clock

LATE = timedelta(minutes=10)
"""so long after its end a call may still become visible"""
AT_ONCE = 2000


@dataclass
class Facts:
    """How far the facts have been read."""

    until: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    heard: set[int] = field(default_factory=set)
    message: int = 0
    callback: int = 0

    def everything(self) -> tuple[list[Person], list[Request], list[Trace], list[Call]]:
        """All that is kept."""
        rows = list(_with_contact(Callback.objects.order_by("pk")))
        self.callback = rows[-1].pk if rows else 0
        people = {one.contact_id: met(one) for one in rows}
        return list(people.values()), [request(one) for one in rows], self.traces(people), self.calls()

    def calls(self) -> list[Call]:
        """Calls that ended since the last time; one that ended a moment ago is not missed, and none comes twice."""
        fresh = (
            Attempt.objects.exclude(outcome="")
            .filter(ended_at__gt=self.until - LATE)
            .exclude(pk__in=self.heard)
        )
        rows = list(fresh.select_related("callback").order_by("ended_at", "pk").iterator(AT_ONCE))
        self.until = clock.now()
        recent = Attempt.objects.filter(ended_at__gt=self.until - LATE).exclude(outcome="")
        self.heard = set(recent.values_list("pk", flat=True)) & (self.heard | {row.pk for row in rows})
        return [call(row) for row in rows]

    def traces(self, people: Iterable[int]) -> list[Trace]:
        """What these people wrote since the last time."""
        fresh = Message.objects.filter(
            pk__gt=self.message, direction="in", conversation__contact__in=list(people)
        )
        rows = list(
            fresh.order_by("pk").values_list(
                "pk", "created_at", "conversation__contact", "conversation__inbox__channel"
            )
        )
        self.message = max([self.message, *(row[0] for row in rows)])
        return [Trace(int(at.timestamp()), who, f"wrote:{channel}") for _, at, who, channel in rows]

    def asked(self) -> list[Callback]:
        """Callbacks asked for since the last time."""
        rows = list(_with_contact(Callback.objects.filter(pk__gt=self.callback).order_by("pk")))
        self.callback = max([self.callback, *(row.pk for row in rows)])
        return rows


def met(callback: Callback) -> Person:
    """Who is to be called."""
    return person(callback.contact, callback.identity.value if callback.identity else "")


def request(callback: Callback, who: Person | None = None) -> Request:
    """A callback as the reach model knows it."""
    wanted = None
    if callback.not_before and callback.is_open:
        wanted = _hours(callback, (who or met(callback)).zone)
    return Request(
        callback.pk, callback.contact_id, int(callback.created_at.timestamp()), callback.source, wanted,
        int(callback.promised_by.timestamp()), str(callback.team_id or ""), callback.language, callback.worth,
        callback.mode == Callback.Mode.FIRST_COME,
    )  # fmt: skip


def call(attempt: Attempt) -> Call:
    """A call as the reach model knows it."""
    return Call(
        int(attempt.began_at.timestamp()), attempt.callback_id, attempt.callback.contact_id,
        attempt.position, attempt.outcome,
    )  # fmt: skip


def _hours(callback: Callback, place: str) -> tuple[float, float] | None:
    zone = ZoneInfo(place)
    start, end = (moment.astimezone(zone) for moment in (callback.promised_from, callback.promised_by))
    if start.date() != end.date():
        return None
    return start.hour + start.minute / 60, end.hour + end.minute / 60


def _with_contact(rows: Any) -> Any:
    return rows.select_related("contact", "identity")
