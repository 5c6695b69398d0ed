"""The curve between fast and thorough as a picture and in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samspill.callbacks.foresight import FEWEST, NEAR, history
from samspill.callbacks.models import CallbackSettings, Foresight

LEFT, WIDTH, FOOT, HEIGHT = 48, 540, 200, 184
PROMISED = {"first": 0.38, "reached": 0.72, "calls_reached": 1.8, "hours_mean": 6.0}
MORE = {"first", "reached"}


@dataclass(frozen=True)
class Point:
    """One position of the dial: its figures in words, and where it lies in the picture."""

    name: str
    present: bool
    first: str
    reached: str
    calls: str
    calls_reached: str
    hours: str
    median: str
    x: str
    first_y: str
    reached_y: str


@dataclass(frozen=True)
class Tradeoff:
    """`state`: little (too few callbacks yet), working, ready, or none (never worked out)."""

    state: str
    have: int
    need: int
    row: Foresight | None
    points: list[Point]
    lines: dict[str, str]
    grid: list[tuple[str, str]]
    now: str
    promise: str
    left: int


def tradeoff() -> Tradeoff:
    """What is known of the dial's positions now."""
    row = Foresight.objects.exclude(done_at=None).last()
    running = Foresight.objects.filter(done_at=None, pk__gt=row.pk if row else 0).last()
    have = history()
    state = "working" if running else "ready" if row else "little" if have < FEWEST else "none"
    points = row.points if row else []
    dial = CallbackSettings.current().dial
    shown = [_point(one, dial) for one in points]
    return Tradeoff(
        state, have, FEWEST, row, shown, _lines(points), [(_y(s / 100), str(s)) for s in range(0, 101, 25)],
        _now(points, dial), _promise(points), len(running.wanted) if running else 0,
    )  # fmt: skip


def _point(one: dict[str, Any], dial: float) -> Point:
    told, position = one["figures"], one["position"]
    return Point(
        _name(position), abs(position - dial) <= NEAR, _share(told["first"]), _share(told["reached"]),
        _number(told["calls"][0]), _number(told["calls_reached"][0]), _hours(told["hours_mean"][0]),
        _hours(told["hours_median"][0]), _x(position), _y(told["first"][0]), _y(told["reached"][0]),
    )  # fmt: skip


def _name(position: float) -> str:
    names = [_("Fast"), _("Rather fast"), _("Balanced"), _("Rather thorough"), _("Thorough")]
    return names[round(position * 4)]


def _lines(points: list[dict[str, Any]]) -> dict[str, str]:
    """The lines, and around each the band in which nine of ten such periods lie."""
    found = {}
    for name in ("first", "reached"):
        at = [(_x(one["position"]), [_y(value) for value in one["figures"][name]]) for one in points]
        found[name] = " ".join(f"{x},{y[0]}" for x, y in at)
        found[f"{name}_band"] = " ".join(
            [f"{x},{y[1]}" for x, y in at] + [f"{x},{y[2]}" for x, y in at[::-1]]
        )
    return found


def _now(points: list[dict[str, Any]], dial: float) -> str:
    """What to expect where the dial stands now."""
    near = min(points, key=lambda one: abs(one["position"] - dial), default=None)
    if near is None:
        return ""
    told = near["figures"]
    return _(
        "As the dial stands, expect to reach %(first)s of 100 people at the first call and %(reached)s in all, "
        "with %(calls)s calls for each request, on average %(hours)s after they asked."
    ) % {
        "first": f"{100 * told['first'][0]:.0f}", "reached": f"{100 * told['reached'][0]:.0f}",
        "calls": _number(told["calls"][0]), "hours": _hours(told["hours_mean"][0]),
    }  # fmt: skip


def _promise(points: list[dict[str, Any]]) -> str:
    """Which of the figures that the field promises can be had here, and where."""
    if not points:
        return ""
    kept = [[name for name in PROMISED if _keeps(one["figures"], name)] for one in points]
    best = max(range(len(points)), key=lambda i: len(kept[i]))
    where = {"position": _name(points[best]["position"])}
    if len(kept[best]) == len(PROMISED):
        words = _(
            "Often promised, and with your customers to be expected together, at “%(position)s”: %(kept)s."
        )
        return words % {**where, "kept": _listed(kept[best])}
    told = _("Often promised, but with your customers not to be had together: %(all)s.") % {
        "all": _listed(PROMISED)
    }
    if not kept[best]:
        return told + " " + _("None of the four is to be expected at any position.")
    return (
        told + " " + _("Most is kept at “%(position)s”: %(kept)s.") % {**where, "kept": _listed(kept[best])}
    )


def _listed(names: Iterable[str]) -> str:
    words = {
        "first": _("38 of 100 at the first call"),
        "reached": _("72 of 100 in all"),
        "calls_reached": _("1.8 calls for each person reached"),
        "hours_mean": _("6 hours on average"),
    }
    return ", ".join(words[name] for name in names)


def _keeps(figures: dict[str, list[float]], name: str) -> bool:
    value = figures[name][0]
    return value >= PROMISED[name] if name in MORE else value <= PROMISED[name]


def _share(told: list[float]) -> str:
    value, low, high = (f"{100 * x:.0f}" for x in told)
    return f"{value} % ({low}–{high})"


def _number(value: float) -> str:
    return f"{value:.1f}"


def _hours(value: float) -> str:
    if value < 1:
        return _("%(n)d min") % {"n": round(60 * value)}
    return _("%(n)s h") % {"n": f"{value:.0f}" if value >= 10 else f"{value:.1f}"}


def _x(position: float) -> str:
    return f"{LEFT + WIDTH * position:.0f}"


def _y(share: float) -> str:
    return f"{FOOT - HEIGHT * share:.0f}"
