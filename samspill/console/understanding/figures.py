"""What the report shows of the last runs, ready to be drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from samspill.console.understanding.picture import Bar, Trend, bars, trend
from samspill.console.understanding.readings import language_name, names, task_name
from samspill.training.drift import BINS
from samspill.training.evaluate import TASKS
from samspill.training.golden import STEADY
from samspill.training.models import Evaluation, Golden

RUNS = 12


@dataclass(frozen=True)
class Figure:
    """One language in one task: how many of 100 were read rightly, of how many, and the change."""

    code: str
    share: str
    n: int
    change: int | None
    colour: int

    @property
    def name(self) -> str:
        """The language in words."""
        return language_name(self.code)

    @property
    def steady(self) -> bool:
        """Whether one sentence more or less hardly moves it."""
        return self.n >= STEADY


@dataclass(frozen=True)
class Card:
    """One task in all languages."""

    task: str
    title: str
    share: str
    n: int
    figures: list[Figure]
    trend: Trend | None


@dataclass(frozen=True)
class Flip:
    """A sentence that was read rightly and is not any more."""

    text: str
    before: str
    now: str
    should: str


@dataclass(frozen=True)
class Worse:
    """A task in a language that lost sentences, with each of them."""

    title: str
    language: str
    before: str
    after: str
    fell: bool
    flips: list[Flip] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The language in words."""
        return language_name(self.language)


def cards(runs: Sequence[Evaluation]) -> list[Card]:
    """The newest run (the first) task by task, with the ones before it as a trend."""
    newest = runs[0].figures
    return [_card(task, runs) for task in TASKS if task in newest]


def _card(task: str, runs: Sequence[Evaluation]) -> Card:
    whole = runs[0].figures[task]
    past = [run.figures.get(task, {}).get("lang", {}) for run in runs]
    figures = [_figure(code, past, number) for number, code in enumerate(past[0])]
    series = {code: [part.get(code, {}).get("accuracy") for part in reversed(past)] for code in past[0]}
    drawn = trend(series) if len(runs) > 1 else None
    return Card(task, task_name(task), _percent(whole["accuracy"]), whole["n"], figures, drawn)


def _figure(code: str, past: Sequence[Mapping[str, Any]], number: int) -> Figure:
    now = past[0][code]
    before = past[1].get(code) if len(past) > 1 else None
    change = None if before is None else round(100 * (now["accuracy"] - before["accuracy"]))
    return Figure(code, _percent(now["accuracy"]), now["n"], change, number % 8)


def got_worse(runs: Sequence[Evaluation]) -> list[Worse]:
    """What the newest run reads wrongly that the one before read rightly, side by side."""
    rows = runs[0].worse if len(runs) > 1 else []
    ids = {pk for row in rows for pk in row["golden"]}
    golden = Golden.objects.in_bulk(ids) if ids else {}
    words = {task: names(task) for task in {row["task"] for row in rows}}
    return [_worse(row, runs, golden, words[row["task"]]) for row in rows]


def _worse(
    row: Mapping[str, Any], runs: Sequence[Evaluation], golden: Mapping[int, Golden], words: Mapping[str, str]
) -> Worse:
    task, code = row["task"], row["language"]
    now, before = (
        run.figures.get(task, {}).get("lang", {}).get(code, {}).get("said", {}) for run in runs[:2]
    )

    def told(said: str) -> str:
        return words.get(said, said)

    flips = [
        Flip(one.text, told(before.get(str(pk), "")), told(now.get(str(pk), "")), told(one.expected))
        for pk in row["golden"]
        if (one := golden.get(pk)) is not None
    ]
    fell = row["after"] < row["before"]
    return Worse(task_name(task), code, _percent(row["before"]), _percent(row["after"]), fell, flips)


@dataclass(frozen=True)
class Drift:
    """The week's traffic beside that of the four weeks before."""

    traffic: Mapping[str, Any]
    confidence: list[Bar]
    languages: list[Bar]
    unknown: str
    unknown_before: str


def drift(run: Evaluation) -> Drift | None:
    """None before any traffic was compared."""
    traffic = run.traffic
    if not traffic or not traffic["week"]["messages"] + traffic["before"]["messages"]:
        return None
    week, before = traffic["week"], traffic["before"]
    codes = list(dict.fromkeys([*list(before["languages"])[:6], *list(week["languages"])[:6]]))[:8]
    shares = [[part["languages"].get(code, 0.0) for code in codes] for part in (week, before)]
    tenths = [(str(10 * place), f"{10 * place}–{10 * place + 10}") for place in range(BINS)]
    return Drift(
        traffic,
        bars(week["confidence"], before["confidence"], tenths),
        bars(shares[0], shares[1], [(code, language_name(code)) for code in codes]),
        _percent(week["unknown"]),
        _percent(before["unknown"]),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"
