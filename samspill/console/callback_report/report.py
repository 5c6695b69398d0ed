"""The dashboard of callbacks: whom we reach, how soon, and whether planning made it so."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.callbacks import roi
from samspill.callbacks.estimates import Estimate
from samspill.callbacks.figures import MODES, NAMES, Report, Week, bins, calibration_error, report
from samspill.callbacks.models import ReachWeek
from samspill.console.access import requires
from samspill.console.callback_report import drawing, pdf, tables, words
from samspill.kit import clock
from samspill.kit.once import reading_once
from samspill.workspace.current import workspace

DRAWN = ("first", "reached", "attempts", "median")
HEADLINES = ("first", "reached", "attempts_of_reached", "median")


@require_safe
@requires("lead")
def dashboard(request: HttpRequest) -> HttpResponse:
    """All figures, with pictures."""
    with reading_once():
        found = report()
        context = {"report": found, "has_any": ReachWeek.objects.exists(), "returns": returns(found)}
        if found.weeks or context["has_any"]:
            context |= _figures(found) | _pictures(found)
        return render(request, "console/callback_report/report.html", context)


@require_safe
@requires("lead")
def download(request: HttpRequest) -> HttpResponse:
    """All figures as a table for spreadsheets."""
    response = HttpResponse(tables.csv_text(report()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name()}.csv"'
    return response


@require_safe
@requires("lead")
def printed(request: HttpRequest) -> HttpResponse:
    """All figures on paper, in the reader's language."""
    with reading_once():
        found = report()
        pages = pdf.drawn(workspace().name, found, returns(found), get_language() or "en")
    response = HttpResponse(pages, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_file_name()}.pdf"'
    return response


def returns(found: Report) -> list[dict[str, Any]]:
    """The return against the control group and against before, in words; [] before costs are known."""
    given = roi.costs()
    both = [(other, roi.worked_out(found, other, given)) for other in words.others()]
    return [_return(other, one, given.currency or tables.currency()) for other, one in both if one]


def _return(other: str, one: roi.Return, currency: str) -> dict[str, Any]:
    def sum_of(found: Estimate) -> words.Told:
        low, high = words.money(found.low, currency), words.money(found.high, currency)
        return words.Told(words.money(found.value, currency), "" if low == high else f"{low} … {high}")

    rate = one.rate
    rated = (
        words.Told(words.percent(rate.value), f"{words.percent(rate.low)} … {words.percent(rate.high)}")
        if rate
        else None
    )
    return {
        "title": words.others()[other], "requests": words.whole(one.requests), "saved": sum_of(one.saved),
        "earned": sum_of(one.earned), "invested": words.money(one.invested, currency), "rate": rated,
        "is_sure": one.gain.low > one.invested, "is_loss": one.gain.high < one.invested,
    }  # fmt: skip


def _figures(found: Report) -> dict[str, Any]:
    listed = [mode for mode in MODES if any(found.sums[mode].all.values())]
    columns = [(words.modes()[mode], found.sums[mode].n, words.column(found.sums[mode])) for mode in listed]
    rows = [
        (title, [column[2][place] for column in columns])
        for place, title in enumerate(words.names().values())
    ]
    compared = [
        (title, [words.effect(one) for one in found.against(other)])
        for other, title in words.others().items()
    ]
    return {
        "columns": columns, "rows": rows, "headlines": _headlines(found),
        "compared": [one for one in compared if one[1]],
        "weeks": [_week(week) for week in reversed(found.weeks)], "names": list(words.names().values()),
        "is_complete": any(week.complete and week.n for week in found.weeks),
    }  # fmt: skip


def _headlines(found: Report) -> list[dict[str, Any]]:
    effects = {
        other: {one.name: words.effect(one) for one in found.against(other)} for other in words.others()
    }
    return [
        {
            "title": words.names()[name],
            "told": words.told(name, found.sums["planned"].all[name]),
            "others": [
                (
                    words.modes()[other],
                    words.told(name, found.sums[other].all[name]),
                    effects[other].get(name),
                )
                for other in words.others()
                if found.sums[other].all[name]
            ],
        }
        for name in HEADLINES
    ]


def _week(week: Week) -> dict[str, Any]:
    rows = [
        (words.modes()[mode], figures.n, words.column(figures))
        for mode, figures in week.modes.items()
        if figures.n
    ]
    return {"day": words.day(week.monday), "rows": rows, "open": week.open, "complete": week.complete}


def _pictures(found: Report) -> dict[str, Any]:
    rows = bins(found.sums["ours"])
    error = calibration_error(rows)
    planned, control = (found.sums[mode].counts.get("waits", {}) for mode in ("planned", "control"))
    return {
        "charts": [one for one in (drawing.chart(found, name) for name in DRAWN) if one],
        "forecasts": drawing.forecasts(rows),
        "error": words.percent(error, 1) if error is not None else "",
        "heat": drawing.heat(),
        "waits": drawing.waits(planned, control),
        "figures": NAMES,
    }


def _file_name() -> str:
    return f"{_('callbacks')}-{clock.now():%Y-%m-%d}".replace(" ", "-")
