"""When people are there."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from samspill.workspace.models import Workspace

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_DAYS = 90


@dataclass(frozen=True)
class Opening:
    """Whether it is open at a moment, until when, and when it opens next (local times)."""

    open_now: bool
    today: list[tuple[str, str]]
    closes_at: datetime | None
    opens_at: datetime | None


def opening(workspace: Workspace, moment: datetime) -> Opening:
    """How things stand at `moment` (aware), looking two weeks ahead for the next opening."""
    local = moment.astimezone(ZoneInfo(workspace.time_zone))
    today = _spans(workspace, local)
    running = next((end for start, end in today if start <= local < end), None)
    return Opening(
        open_now=running is not None,
        today=[(f"{s:%H:%M}", f"{e:%H:%M}") for s, e in today],
        closes_at=running,
        opens_at=None if running else _next_start(workspace, local),
    )


def _next_start(workspace: Workspace, local: datetime) -> datetime | None:
    for ahead in range(15):
        day = local + timedelta(days=ahead)
        starts = [start for start, _ in _spans(workspace, day) if start > local]
        if starts:
            return min(starts)
    return None


def _spans(workspace: Workspace, day: datetime) -> list[tuple[datetime, datetime]]:
    if day.date().isoformat() in workspace.holidays:
        return []
    pairs = workspace.hours.get(DAYS[day.weekday()], [])
    return [(_at(day, start), _at(day, end)) for start, end in pairs]


def after_working(workspace: Workspace, start: datetime, seconds: float) -> datetime:
    """The moment when it will have been open for so long since `start` (aware); where it hardly ever is, the end of
    MOST_DAYS."""
    first = start.astimezone(ZoneInfo(workspace.time_zone))
    for ahead in range(MOST_DAYS):
        for opens, closes in _spans(workspace, first + timedelta(days=ahead)):
            there = (closes - max(opens, first)).total_seconds()
            if there >= seconds:
                return max(opens, first) + timedelta(seconds=seconds)
            seconds -= max(there, 0.0)
    return first + timedelta(days=MOST_DAYS)


def spans(workspace: Workspace, moment: datetime, days: int) -> list[tuple[datetime, datetime]]:
    """When it is open on the day of `moment` and the following ones, `days` in all (local times)."""
    first = moment.astimezone(ZoneInfo(workspace.time_zone))
    return [span for ahead in range(days) for span in _spans(workspace, first + timedelta(days=ahead))]


def _at(day: datetime, text: str) -> datetime:
    return datetime.combine(day.date(), time.fromisoformat(text), day.tzinfo)


def working_seconds(workspace: Workspace, start: datetime, end: datetime) -> float:
    """How long it was open between two moments (aware), looking no further than MOST_DAYS."""
    zone = ZoneInfo(workspace.time_zone)
    first, last = start.astimezone(zone), end.astimezone(zone)
    days = min((last.date() - first.date()).days, MOST_DAYS)
    open_then = spans(workspace, start, days + 1)
    both = [(max(opens, first).timestamp(), min(closes, last).timestamp()) for opens, closes in open_then]
    return sum(max(0.0, until - since) for since, until in both)
