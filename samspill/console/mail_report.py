"""The report on mails: how soon they are answered, by whom, and how the prepared replies fare."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.assistant.mails import figures
from samspill.console.access import requires
from samspill.console.inbox import MOST_ROWS
from samspill.console.listing import dressed
from samspill.console.understanding.picture import trend
from samspill.conversations.models import Conversation
from samspill.training import labels

WEEKS = 12


@require_safe
@requires("lead")
def report(request: HttpRequest) -> HttpResponse:
    """Figures by week and by intent; each opens its conversations."""
    cases = figures.cases(WEEKS)
    weeks = figures.by_week(cases, WEEKS)
    names = {
        _("Resolved without a person"): [week.share(week.alone, week.n) for week in weeks],
        _("Prepared replies sent unchanged"): [week.share(week.unchanged, week.judged) for week in weeks],
    }
    context = {
        "whole": figures.sum_up(cases),
        "weeks": [week for week in reversed(weeks) if week.n],
        "intents": _titled(figures.by_intent(cases)),
        "picture": trend(names) if sum(bool(week.n) for week in weeks) > 1 else None,
        "many": WEEKS,
    }
    return render(request, "console/mail_report/report.html", context)


@require_safe
@requires("lead")
def behind(request: HttpRequest) -> HttpResponse:
    """The conversations a figure is made of."""
    query = request.GET
    found = figures.chosen(
        figures.cases(WEEKS), query.get("of", "n"), query.get("week", ""), query.get("intent")
    )
    rows = dressed(Conversation.objects.filter(pk__in=[case.conversation for case in found]))
    context = {"rows": rows.order_by("-last_message_at")[: MOST_ROWS * 4], "n": len(found)}
    return render(request, "console/mail_report/behind.html", context)


@require_safe
@requires("lead")
def download(request: HttpRequest) -> HttpResponse:
    """All figures as a table."""
    cases, text = figures.cases(WEEKS), io.StringIO()
    table = csv.writer(text)
    table.writerow(["by", "name", *figures.COLUMNS])
    for by, rows in (("week", figures.by_week(cases, WEEKS)), ("intent", figures.by_intent(cases))):
        table.writerows([by, row.name, *row.columns()] for row in rows)
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mail-report.csv"'
    return response


def _titled(rows: list[figures.Figures]) -> list[tuple[str, figures.Figures]]:
    titles = labels.titles()
    return [(titles.get(row.name, row.name) or _("Not known"), row) for row in rows]
