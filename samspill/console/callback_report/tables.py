"""The figures as plain tables: for spreadsheets, and for paper."""

import csv
import io
from collections.abc import Iterator, Sequence

from babel.numbers import get_territory_currencies
from django.utils.translation import gettext as _

from samspill.callbacks.estimates import Estimate
from samspill.callbacks.figures import MODES, NAMES, Figures, Report
from samspill.console.callback_report import words
from samspill.workspace.current import workspace

RISKY = "=+-@\t\r"
DIGITS = 4


def csv_text(report: Report) -> str:
    """Every figure of every week and mode in one long table, with a mark so that spreadsheets read it as UTF-8."""
    text = io.StringIO("\ufeff")
    text.seek(1)
    table = csv.writer(text)
    table.writerows([safe(cell) for cell in row] for row in _rows(report))
    return text.getvalue()


def safe(cell: object) -> object:
    """A text that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in RISKY and cell else cell


def currency() -> str:
    """What the company's country pays with."""
    found = get_territory_currencies(workspace().country) if workspace().country else []
    return found[0] if found else "EUR"


def _rows(report: Report) -> Iterator[Sequence[object]]:
    yield [
        _("Week from"), _("Planning"), _("Figure"), _("Value"), _("At least"), _("At most"), _("Cases"), _("Requests"),
        _("Still open"), _("Complete"),
    ]  # fmt: skip
    for mode in MODES:
        yield from _of("", mode, report.sums[mode], "", _("yes"))
    for week in report.weeks:
        for mode, figures in week.modes.items():
            yield from _of(
                week.monday.isoformat(), mode, figures, week.open, _("yes") if week.complete else _("no")
            )


def _of(week: str, mode: str, figures: Figures, still: object, complete: str) -> Iterator[Sequence[object]]:
    for name in NAMES:
        found = figures.all[name]
        if found:
            start = [week or _("all"), words.modes()[mode], words.names()[name]]
            yield [*start, *_numbers(found), figures.n, still, complete]


def _numbers(found: Estimate) -> list[object]:
    return [*(round(number, DIGITS) for number in (found.value, found.low, found.high)), found.n]
