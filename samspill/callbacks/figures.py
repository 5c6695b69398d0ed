"""The figures of callbacks: by mode and by week, what planning changes, and how right the forecasts were.

docs/callbacks-figures.md defines every one of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from samspill.callbacks import estimates
from samspill.callbacks.counting import BEFORE, week_of
from samspill.callbacks.estimates import Estimate
from samspill.callbacks.models import Callback, CallbackSettings, ReachWeek
from samspill.callbacks.tally import Counts, add
from samspill.kit import clock

MODES = ("planned", "control", "first_come", BEFORE)
NAMES = ("first", "within3", "reached", "in_time", "attempts", "attempts_of_reached", "median", "hours")
SHARES = frozenset(NAMES[:4])
LESS_IS_BETTER = frozenset(NAMES[4:])
TOLD = {"first": "first", "total": "reached", "within3": "within3", "attempts": "attempts", "hours": "hours"}
"""how `CallbackSettings.before` names them"""


@dataclass(frozen=True)
class Figures:
    """The figures that counts amount to; one that has no case is None."""

    counts: Counts = field(default_factory=dict)
    told: dict[str, Estimate] = field(default_factory=dict)  # instead of counted

    def __getitem__(self, name: str) -> int | float:
        found: int | float = self.counts.get(name, 0)
        return found

    @property
    def n(self) -> int:
        """Requests that ended."""
        return int(self["requests"])

    @cached_property
    def all(self) -> dict[str, Estimate | None]:
        """Every figure by its name."""
        return {name: self.told.get(name) or self._counted(name) for name in NAMES}

    def _counted(self, name: str) -> Estimate | None:
        if name in ("first", "within3", "reached"):
            return estimates.share(int(self[name]), self.n)
        if name == "in_time":
            return estimates.share(int(self["in_time"]), int(self["promised"]))
        if name == "median":
            return estimates.median(self.counts.get("waits", {}))
        n = self.n if name == "attempts" else int(self["reached"])
        return estimates.mean(n, self[name], self[f"{name}_squared"])


@dataclass(frozen=True)
class Week:
    """The requests asked for in one week, by mode. Not complete: some may still be reached."""

    monday: date
    modes: dict[str, Figures]
    open: int
    complete: bool

    @property
    def n(self) -> int:
        """Requests that ended, however planned."""
        return sum(figures.n for figures in self.modes.values())


@dataclass(frozen=True)
class Effect:
    """What planning changes in one figure: `verdict` is better, worse, not_yet or unknown."""

    name: str
    planned: Estimate
    other: Estimate
    difference: Estimate
    verdict: str
    more: int | None = None


@dataclass(frozen=True)
class Report:
    """Everything the dashboard shows. Sums are of complete weeks only: an open request is not a failed one."""

    weeks: list[Week]  # since the start, old to new
    sums: dict[str, Figures]  # by mode, and `ours` for all but `before`
    open: int
    waiting: int  # ended, in weeks that are not complete
    started_on: date | None

    def against(self, other: str) -> list[Effect]:
        """How planned requests differ from the control group or from before."""
        ours, theirs = self.sums["planned"].all, self.sums[other].all
        many = self.sums["planned"].n + self.sums[other].n
        both = [(name, ours[name], theirs[name]) for name in NAMES]
        return [effect(name, one, two, many) for name, one, two in both if one and two]


def report() -> Report:
    """The figures as they stand."""
    held = CallbackSettings.current()
    kept: dict[date, dict[str, Counts]] = {}
    for row in ReachWeek.objects.order_by("week"):
        kept.setdefault(row.week, {})[row.mode] = row.counts
    open_by_week = _open()
    start = _start(held, [*kept, *open_by_week], kept)
    weeks = [_week(day, kept.get(day, {}), open_by_week, held.days) for day in _every_week(start)]
    before = [modes[BEFORE] for week, modes in kept.items() if BEFORE in modes and _is_before(week, start)]
    sums = {mode: _sum(week.modes[mode].counts for week in weeks if week.complete) for mode in MODES[:3]}
    sums["ours"] = _sum(one.counts for one in sums.values())
    sums[BEFORE] = Figures(_sum(before).counts, _told(held))
    waiting = sum(week.n for week in weeks if not week.complete)
    return Report(weeks, sums, sum(open_by_week.values()), waiting, held.started_on or start)


def effect(name: str, planned: Estimate, other: Estimate, requests: int) -> Effect:
    """The difference, and whether it is shown by so many requests; with few cases nothing is said."""
    found = estimates.difference(planned, other)
    if planned.n < estimates.ENOUGH or 0 < other.n < estimates.ENOUGH:
        return Effect(name, planned, other, found, "unknown")
    if estimates.is_shown(found):
        better = (found.value < 0) == (name in LESS_IS_BETTER)
        return Effect(name, planned, other, found, "better" if better else "worse")
    return Effect(name, planned, other, found, "not_yet", estimates.more_needed(found, requests))


def bins(sums: Figures) -> list[tuple[float, Estimate]]:
    """Tenths of the forecasts: what was forecast on average, and how many answered."""
    found = []
    for _tenth, told in sorted(sums.counts.get("bins", {}).items()):
        answered = estimates.share(int(told.get("answers", 0)), int(told["calls"]))
        if answered:
            found.append((told.get("chance", 0.0) / told["calls"], answered))
    return found


def calibration_error(rows: Iterable[tuple[float, Estimate]]) -> float | None:
    """By how much forecasts and answers differ on average, each call counting the same; 0 is perfect."""
    listed = list(rows)
    calls = sum(answered.n for _, answered in listed)
    return (
        sum(abs(told - answered.value) * answered.n for told, answered in listed) / calls if calls else None
    )


def _open() -> dict[date, int]:
    """Requests that are not counted yet: open, or ended a moment ago."""
    found: dict[date, int] = {}
    rows = Callback.objects.filter(counted=False).exclude(source=Callback.Source.IMPORT)
    for asked in rows.values_list("created_at", flat=True):
        found[week_of(asked)] = found.get(week_of(asked), 0) + 1
    return found


def _start(held: CallbackSettings, weeks: list[date], kept: dict[date, dict[str, Counts]]) -> date | None:
    """The Monday of our first week: as set, else the first with a request that was not imported."""
    if held.started_on:
        return held.started_on - timedelta(days=held.started_on.weekday())
    own = [week for week in weeks if week not in kept or set(kept[week]) - {BEFORE}]
    return min(own) if own else None


def _every_week(start: date | None) -> list[date]:
    last, found = week_of(clock.now()), []
    while start is not None and start <= last:
        found.append(start)
        start += timedelta(days=7)
    return found


def _week(day: date, kept: dict[str, Counts], still: dict[date, int], days: int) -> Week:
    """A week is complete once it is over and nothing in it is open, or every request's days are over."""
    over, past = _ago(day, 7), _ago(day, 7 + days)
    modes = {mode: Figures(kept.get(mode, {})) for mode in MODES[:3]}
    return Week(day, modes, still.get(day, 0), past or (over and not still.get(day)))


def _ago(day: date, days: int) -> bool:
    return week_of(clock.now()) - day >= timedelta(days=days)


def _is_before(week: date, start: date | None) -> bool:
    return start is None or week <= start


def _sum(counts: Iterable[Counts]) -> Figures:
    found: Counts = {}
    for one in counts:
        found = add(found, one)
    return Figures(found)


def _told(held: CallbackSettings) -> dict[str, Estimate]:
    return {TOLD[name]: estimates.known(float(value)) for name, value in held.before.items() if name in TOLD}
