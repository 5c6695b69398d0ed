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
    spans = _spans(workspace, local)
    running = next((end for start, end in spans if start <= local < end), None)
    return Opening(
        open_now=running is not None,
        today=[(f"{s:%H:%M}", f"{e:%H:%M}") for s, e in spans],
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


def _at(day: datetime, text: str) -> datetime:
    return datetime.combine(day.date(), time.fromisoformat(text), day.tzinfo)


def working_seconds(workspace: Workspace, start: datetime, end: datetime) -> float:
    """How long it was open between two moments (aware), looking no further than MOST_DAYS."""
    zone = ZoneInfo(workspace.time_zone)
    first, last = start.astimezone(zone), end.astimezone(zone)
    days = min((last.date() - first.date()).days, MOST_DAYS)
    spans = [span for ahead in range(days + 1) for span in _spans(workspace, first + timedelta(days=ahead))]
    both = [(max(opens, first).timestamp(), min(closes, last).timestamp()) for opens, closes in spans]
    return sum(max(0.0, until - since) for since, until in both)
