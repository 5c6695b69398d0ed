"""Where the lines and bars of a chart lie. Numbers come as text, so that no language puts commas into them."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT = 640, 170, 150
LEFT, RIGHT = 36, 600
COLOURS = 8


@dataclass(frozen=True)
class Line:
    """One language over the runs: `points` of an SVG polyline, and where it ends."""

    name: str
    colour: int
    points: str
    x: str
    y: str
    dots: list[tuple[str, str]]


@dataclass(frozen=True)
class Trend:
    """Lines between `low` and 100 of 100; `grid` are height and figure of the lines behind."""

    lines: list[Line]
    grid: list[tuple[str, str]]


def trend(series: dict[str, Sequence[float | None]]) -> Trend:
    """Shares from 0 to 1 by name, one for each run from old to new, None where there is none."""
    values = [value for row in series.values() for value in row if value is not None]
    low = max(0.0, min([0.8, *values]) // 0.1 * 0.1 - 0.1) if values else 0.0
    lines = [_line(name, number, row, low) for number, (name, row) in enumerate(series.items())]
    steps = [low + part * (1 - low) / 4 for part in range(5)]
    return Trend(
        [line for line in lines if line.dots], [(_y(step, low), f"{100 * step:.0f}") for step in steps]
    )


def _line(name: str, number: int, row: Sequence[float | None], low: float) -> Line:
    last = max(len(row) - 1, 1)
    dots = [
        (f"{LEFT + place * (RIGHT - LEFT) / last:.0f}", _y(value, low))
        for place, value in enumerate(row)
        if value is not None
    ]
    x, y = dots[-1] if dots else ("0", "0")
    return Line(name, number % COLOURS, " ".join(f"{x},{y}" for x, y in dots), x, y, dots)


def _y(value: float, low: float) -> str:
    return f"{FOOT - (FOOT - 14) * (value - low) / (1 - low):.0f}"


@dataclass(frozen=True)
class Bar:
    """A pair of bars side by side: the week's and those before, with their shares of 100."""

    x: str
    then_x: str
    y: str
    height: str
    then_y: str
    then_height: str
    short: str
    name: str
    now: str
    then: str


def bars(now: Sequence[float], then: Sequence[float], names: Sequence[tuple[str, str]]) -> list[Bar]:
    """Pairs of bars for shares from 0 to 1, the highest as high as the picture; names are short and whole."""
    top, step = max([*now, *then, 0.01]), (WIDTH - LEFT) / max(len(names), 1)
    found = []
    for place, (short, name) in enumerate(names):
        x = LEFT + place * step
        tall, then_tall = ((FOOT - 14) * part[place] / top for part in (now, then))
        found.append(
            Bar(
                x=f"{x + step * 0.46:.1f}",
                then_x=f"{x + step * 0.1:.1f}",
                y=f"{FOOT - tall:.1f}",
                height=f"{tall:.1f}",
                then_y=f"{FOOT - then_tall:.1f}",
                then_height=f"{then_tall:.1f}",
                short=short,
                name=name,
                now=f"{100 * now[place]:.0f}",
                then=f"{100 * then[place]:.0f}",
            )
        )
    return found
