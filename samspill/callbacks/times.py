"""When calls are made: the moments ahead, what is promised, and the times a customer can choose."""

from datetime import datetime, timedelta

from samspill.callbacks.models import CallbackSettings, Caller
from samspill.kit.once import once
from samspill.workspace.current import workspace
from samspill.workspace.hours import after_working, spans
from samspill.workspace.models import Workspace

STEP = timedelta(minutes=15)
NOON = 12
SHORTEST = timedelta(hours=1)
Span = tuple[datetime, datetime]


def openings(now: datetime, many: int) -> list[datetime]:
    """The coming quarters of an hour at which somebody makes calls; the first is the running one if it counts."""
    step = int(STEP.total_seconds())
    found, running = set[int](), int(now.timestamp()) // step * step
    for days in (7, 30, 90):
        for start, end in worked(now, days):
            first = -(-int(start.timestamp()) // step) * step
            found.update(t for t in range(max(first, running), int(end.timestamp()), step))
        if len(found) >= many:
            break
    return [datetime.fromtimestamp(t, now.tzinfo) for t in sorted(found)[:many]]


def first_opening(after: datetime) -> datetime:
    """The first moment from `after` on at which a call can be made; a day later where none is in sight."""
    coming = openings(after, 1)
    return max(coming[0], after) if coming else after + timedelta(days=1)


def promise(now: datetime) -> Span:
    """When the first call will come, by what the company promises: from the next opening on, within its hours."""
    hours = CallbackSettings.current().promise_hours or 8.0
    return first_opening(now), _rounded(after_working(workspace(), now, hours * 3600))


def offers(now: datetime, days: int = 3) -> list[Span]:
    """Mornings and afternoons of the next open days that a customer can choose from."""
    found: list[Span] = []
    for start, end in spans(workspace(), now, 14):
        noon = start.replace(hour=NOON, minute=0)
        halves = [(start, min(noon, end)), (max(noon, start), end)]
        found += [(max(a, _rounded(now)), b) for a, b in halves if b - max(a, _rounded(now)) >= SHORTEST]
        if len({a.date() for a, _ in found}) > days:
            break
    last = sorted({a.date() for a, _ in found})[:days]
    return [span for span in found if span[0].date() in last]


def worked(now: datetime, days: int) -> list[Span]:
    """When somebody is there to call: the hours of those on duty, else the company's."""
    weeks = _weeks() or [workspace()]
    return [span for week in weeks for span in spans(week, now, days)]


def hours_of_work() -> list[object]:
    """What `worked` is made of, to be compared: hours, holidays and zone of each who makes calls."""
    weeks = _weeks() or [workspace()]
    return [(week.hours, week.holidays, week.time_zone) for week in weeks]


def _rounded(moment: datetime) -> datetime:
    """Up to the next full quarter of an hour."""
    over = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment - over + STEP if over else moment


@once
def _weeks() -> list[Workspace]:
    company = workspace()
    own = Caller.objects.filter(on_duty=True, agent__is_active=True).values_list("hours", flat=True)
    return [
        Workspace(time_zone=company.time_zone, holidays=company.holidays, hours=hours or company.hours)
        for hours in own
    ]
