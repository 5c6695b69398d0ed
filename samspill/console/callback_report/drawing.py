"""Where lines, bands, dots and fields of the pictures lie. Coordinates come as text: no language puts commas in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from samspill.callbacks.estimates import Estimate
from samspill.callbacks.figures import SHARES, Report
from samspill.callbacks.models import ReachHour
from samspill.callbacks.tally import SLOTS_A_DAY
from samspill.console.callback_report import words

LEFT, RIGHT, TOP, FOOT, LABELS = 44, 632, 10, 150, 168
SPANS = ((0, 1), (1, 2), (2, 4), (4, 8), (8, 24), (24, 48), (48, 96), (96, None))
SHADES = 7
LINES = ("planned", "control")


@dataclass(frozen=True)
class Dot:
    """One week of one line."""

    x: str
    y: str
    title: str
    complete: bool


@dataclass(frozen=True)
class Line:
    """One mode over the weeks: its dots, the line through them, and the band of its intervals, in unbroken parts."""

    name: str
    colour: int
    dots: list[Dot]
    parts: list[str]
    bands: list[str]


@dataclass(frozen=True)
class Chart:
    """One figure over the weeks; `before` is the height of the time before, `grid` height and figure."""

    title: str
    name: str
    lines: list[Line]
    grid: list[tuple[str, str]]
    labels: list[tuple[str, str]]
    before: str
    before_told: str


def chart(report: Report, name: str) -> Chart | None:
    """A figure week by week; None where fewer than two weeks have it."""
    rows = {mode: [week.modes[mode].all[name] for week in report.weeks] for mode in LINES}
    found = [one for row in rows.values() for one in row if one]
    if sum(one is not None for one in rows["planned"]) < 2:
        return None
    before = report.sums["before"].all[name]
    top = 1.0 if name in SHARES else _top([*found, *([before] if before else [])])
    across = _across(len(report.weeks))
    lines = [_line(report, name, mode, rows[mode], across, _up(top)) for mode in LINES if any(rows[mode])]
    grid = [(_up(top)(top * part / 4), _scale(name, top * part / 4)) for part in range(5)]
    shown = sorted({0, (len(report.weeks) - 1) // 2, len(report.weeks) - 1})
    labels = [(f"{across(place):.0f}", words.day(report.weeks[place].monday)) for place in shown]
    level = _up(top)(before.value) if before else ""
    return Chart(words.names()[name], name, lines, grid, labels, level, words.told(name, before).value)


def _line(
    report: Report,
    name: str,
    mode: str,
    row: Sequence[Estimate | None],
    across: Callable[[int], float],
    up: Callable[[float], str],
) -> Line:
    title, dots, parts, bands = words.modes()[mode], [], [], []
    for there, group in groupby(enumerate(row), key=lambda pair: pair[1] is not None):
        if not there:
            continue
        points = [(f"{across(place):.0f}", one, report.weeks[place]) for place, one in group if one]
        dots += [
            Dot(x, up(one.value), _dot_title(title, name, one, week.monday, week.complete), week.complete)
            for x, one, week in points
        ]
        parts.append(" ".join(f"{x},{up(one.value)}" for x, one, _week in points))
        upper = [f"{x},{up(one.high)}" for x, one, _week in points]
        lower = [f"{x},{up(max(one.low, 0.0))}" for x, one, _week in reversed(points)]
        bands.append(" ".join([*upper, *lower]))
    return Line(title, LINES.index(mode), dots, parts, bands)


def _dot_title(title: str, name: str, one: Estimate, monday: object, complete: bool) -> str:
    told = words.told(name, one)
    between = f" ({told.between})" if told.between else ""
    return f"{words.day(monday)} · {title}: {told.value}{between}, n = {one.n}" + ("" if complete else " …")  # type: ignore[arg-type]


def _across(many: int) -> Callable[[int], float]:
    step = (RIGHT - LEFT - 24) / max(many - 1, 1)
    return lambda place: LEFT + 12 + place * step


def _up(top: float) -> Callable[[float], str]:
    return lambda value: f"{FOOT - (FOOT - TOP) * min(value / top, 1.0):.1f}"


def _top(found: Sequence[Estimate]) -> float:
    """A round number a little above; wide intervals of thin weeks may leave the picture."""
    highest = max([one.value for one in found] or [1.0]) * 1.3
    return next(step for step in (1, 2, 4, 8, 12, 20, 40, 80, 120, 200, 400, 1e9) if step >= highest)


def _scale(name: str, value: float) -> str:
    return words.percent(value) if name in SHARES else words.decimal(value, 0 if value == round(value) else 1)


@dataclass(frozen=True)
class Forecast:
    """One tenth of the forecasts: where its dot and its interval lie."""

    x: str
    y: str
    low: str
    high: str
    told: str
    answered: str
    between: str
    calls: int


def forecasts(rows: Sequence[tuple[float, Estimate]]) -> list[Forecast]:
    """What was forecast across, what came true up, in a square of 160 from 40,10."""

    def at(value: float) -> str:
        return f"{170 - 160 * value:.1f}"

    return [
        Forecast(
            f"{40 + 160 * told:.1f}", at(one.value), at(one.low), at(one.high), words.percent(told),
            words.percent(one.value), words.told("first", one).between, one.n,
        )
        for told, one in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One half hour of the week: where it lies, how dark it is, and what it tells."""

    x: str
    y: str
    shade: int
    title: str
    share: str
    calls: int
    answers: int


@dataclass(frozen=True)
class Heat:
    """Fields by weekday; `hours` are the heads of the columns with their places."""

    days: list[tuple[str, str, list[Field]]]
    hours: list[tuple[str, str]]
    columns: list[str]
    width: int
    field: str


def heat() -> Heat | None:
    """Who answers when, over all months; None before the first call."""
    slots: dict[int, tuple[int, int]] = {}
    for slot, calls, answers in ReachHour.objects.filter(calls__gt=0).values_list("slot", "calls", "answers"):
        before = slots.get(slot, (0, 0))
        slots[slot] = before[0] + calls, before[1] + answers
    if not slots:
        return None
    times = [slot % SLOTS_A_DAY for slot in slots]
    first, last = min(times) // 2 * 2, max(times) // 2 * 2 + 1
    wide = (RIGHT - 92) / (last - first + 1)
    days = [_day(weekday, range(first, last + 1), slots, wide) for weekday in range(7)]
    shown = [one for one in days if one[2][0].x and (any(f.calls for f in one[2]) or days.index(one) < 5)]
    step = 2 if last - first < 24 else 4
    hours = [(f"{92 + (t - first) * wide:.1f}", str(t // 2)) for t in range(first, last + 1, step)]
    columns = [words.half_hour(t) for t in range(first, last + 1)]
    return Heat(shown, hours, columns, RIGHT, f"{max(wide - 2, 1):.1f}")


def _day(
    weekday: int, times: range, slots: dict[int, tuple[int, int]], wide: float
) -> tuple[str, str, list[Field]]:
    y = 24 + weekday * 24
    fields = []
    for place, time in enumerate(times):
        calls, answers = slots.get(weekday * SLOTS_A_DAY + time, (0, 0))
        share = words.percent(answers / calls) if calls else ""
        title = (
            f"{words.weekday(weekday)} {words.half_hour(time)}: {share} ({answers}/{calls})" if calls else ""
        )
        shade = min(int(answers / calls * SHADES / 0.7), SHADES - 1) if calls else -1
        fields.append(Field(f"{92 + place * wide:.1f}", str(y), shade, title, share, calls, answers))
    return words.weekday(weekday), str(y + 15), fields


@dataclass(frozen=True)
class Span:
    """How many customers were reached after so many hours: planned beside the others."""

    name: str
    x: str
    y: str
    height: str
    other_x: str
    other_y: str
    other_height: str
    middle: str
    share: str
    other_share: str
    n: int
    other_n: int


def waits(planned: dict[str, int], other: dict[str, int]) -> list[Span]:
    """Shares of the reached by hours to contact; [] where nobody was."""
    ours, theirs = _spread(planned), _spread(other)
    if not sum(ours) + sum(theirs):
        return []
    shares = [[n / max(sum(row), 1) for n in row] for row in (ours, theirs)]
    top, step = max(max(row) for row in shares), (RIGHT - LEFT) / len(SPANS)
    found = []
    for place, (low, high) in enumerate(SPANS):
        x = LEFT + place * step
        tall, other_tall = ((FOOT - TOP) * row[place] / top for row in shares)
        found.append(
            Span(
                f"{low}–{high}" if high else f"> {low}",
                f"{x + step * 0.12:.1f}", f"{FOOT - tall:.1f}", f"{tall:.1f}",
                f"{x + step * 0.5:.1f}", f"{FOOT - other_tall:.1f}", f"{other_tall:.1f}", f"{x + step / 2:.1f}",
                words.percent(shares[0][place]), words.percent(shares[1][place]), ours[place], theirs[place],
            )
        )  # fmt: skip
    return found


def _spread(kept: dict[str, int]) -> list[int]:
    return [
        sum(n for lower, n in kept.items() if low <= float(lower) and (high is None or float(lower) < high))
        for low, high in SPANS
    ]
