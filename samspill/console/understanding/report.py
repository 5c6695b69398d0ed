"""The report: how well the assistant understands, what got worse, how the traffic changes."""

import csv
import io
import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.console.access import requires
from samspill.console.answering import with_toast
from samspill.console.understanding import figures
from samspill.kit import clock
from samspill.knowledge.switch import progress as encoder_progress
from samspill.training import golden, runs
from samspill.training.alarm import told
from samspill.training.models import Evaluation, EvaluationPlan

SLOW_S = 20


@require_safe
@requires("lead")
def understanding(request: HttpRequest) -> HttpResponse:
    """The report on the newest run, with the ones before it as trends."""
    past = list(runs.done()[: figures.RUNS])
    newest = past[0] if past else None
    context: dict[str, Any] = {
        "run": newest,
        "under_way": under_way(),
        "plan": EvaluationPlan.current(),
        "every": EvaluationPlan.Every.choices,
        "sentences": golden.current().count(),
        "reading": _reading(),
    }
    if newest:
        context |= {
            "cards": figures.cards(past),
            "worse": figures.got_worse(past),
            "drift": figures.drift(newest),
            "alarms": told(newest.traffic),
        }
    return render(request, "console/understanding/report.html", context)


@require_POST
@requires("lead")
def run_now(request: HttpRequest) -> HttpResponse:
    """Run the golden set in the background."""
    try:
        runs.begin(Evaluation.Trigger.HAND, by=request.user)
        words = _("The run has begun.")
    except runs.AlreadyRunning:
        words = _("A run is under way already.")
    if request.htmx:
        return with_toast(_progress(request), words)
    messages.success(request, words)
    return redirect("console:understanding")


@require_safe
@requires("lead")
def progress(request: HttpRequest) -> HttpResponse:
    """How far the run is; once it is done the page shows what it found."""
    return _progress(request)


@require_POST
@requires("admin")
def plan(request: HttpRequest) -> HttpResponse:
    """How often runs come by themselves."""
    every = request.POST.get("every", "")
    if every in EvaluationPlan.Every.values:
        runs.plan(every, by=request.user)
        messages.success(request, _("Saved."))
    return redirect("console:understanding")


@require_POST
@requires("lead")
def alarm_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The alarm has been read and bothers nobody any more."""
    runs.read_alarm(get_object_or_404(Evaluation, pk=pk), by=request.user)
    return redirect("console:understanding")


@require_safe
@requires("lead")
def download(request: HttpRequest, name: str) -> HttpResponse:
    """The figures of the last runs, as CSV or JSON; no sentence stands in them."""
    past = list(runs.done()[: figures.RUNS])
    content, kind = (_json(past), "application/json") if name == "json" else (_csv(past), "text/csv")
    answer = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = (
        f'attachment; filename="understanding.{"json" if name == "json" else "csv"}"'
    )
    return answer


def under_way() -> Evaluation | None:
    """The run that is not done yet; `slow` where it waits for the text models."""
    run = Evaluation.objects.filter(state=Evaluation.State.RUNNING).first()
    if run:
        run.slow = not run.done and (clock.now() - run.at).total_seconds() > SLOW_S
    return run


def _progress(request: HttpRequest) -> HttpResponse:
    run = under_way()
    response = render(request, "console/understanding/progress.html", {"under_way": run})
    if run is None and request.htmx and request.method == "GET":
        response["HX-Refresh"] = "true"
    return response


def _reading() -> tuple[int, int] | None:
    read, whole = encoder_progress()
    return (read, whole) if read < whole else None


def _json(past: list[Evaluation]) -> str:
    rows = [
        {
            "run": run.pk,
            "at": run.at.isoformat(),
            "trigger": run.trigger,
            "figures": run.figures,
            "worse": run.worse,
            "traffic": run.traffic,
        }
        for run in past
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _csv(past: list[Evaluation]) -> str:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["run", "at", "trigger", "task", "language", "accuracy", "n"])
    for run in past:
        for task, whole in run.figures.items():
            for code, part in whole["lang"].items():
                facts = [run.pk, run.at.isoformat(), run.trigger, task, code, part["accuracy"], part["n"]]
                table.writerow(facts)
    return text.getvalue()
