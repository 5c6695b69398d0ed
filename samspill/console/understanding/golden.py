"""The golden set on the desk: looked through, changed, taken from."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.console.access import requires
from samspill.console.answering import again, with_toast
from samspill.console.understanding import readings
from samspill.kit import languages
from samspill.training import golden
from samspill.training.models import Golden

A_PAGE = 50


@dataclass(frozen=True)
class Amount:
    """How many sentences a task has in a language."""

    code: str
    n: int

    @property
    def name(self) -> str:
        """The language in words."""
        return readings.language_name(self.code)

    @property
    def missing(self) -> int:
        """How many more give a steady figure."""
        return max(0, golden.STEADY - self.n)


@require_safe
@requires("lead")
def listed(request: HttpRequest) -> HttpResponse:
    """The sentences of one task, and how many each language has."""
    return render(request, "console/understanding/golden.html", context_of(request))


@require_POST
@requires("lead")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """People have agreed on another reading."""
    held, expected = get_object_or_404(golden.current(), pk=pk), request.POST.get("expected", "")
    if expected not in dict(readings.choices(held.task)):
        return _say(request, _("Please choose from the lists."), held.task)
    golden.change(held, language=held.language, expected=expected, by=request.user)
    return _say(request, _("Saved."), held.task)


@require_POST
@requires("lead")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the set; a toast offers to take it back."""
    held = get_object_or_404(Golden, pk=pk)
    golden.remove(held, by=request.user)
    words = _("Removed. It measures no more.")
    if request.htmx:
        return with_toast(HttpResponse(), words, undo=reverse("console:golden_restore", args=[pk]))
    messages.success(request, words)
    return redirect(back_to(held.task))


@require_POST
@requires("lead")
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a removal back."""
    held = get_object_or_404(Golden, pk=pk)
    golden.restore(held, by=request.user)
    return again(request, back_to(held.task))


def context_of(request: HttpRequest) -> dict[str, Any]:
    """What the page of the golden set shows."""
    task = request.GET.get("task", "")
    task = task if task in Golden.Task.values else Golden.Task.INTENT.value
    code = request.GET.get("language", "")
    rows = golden.current().filter(task=task).order_by("-pk")
    page = Paginator(rows.filter(language=code) if code in languages.NAMES else rows, A_PAGE)
    counts = _counts()
    return {
        "task": task,
        "tasks": [(name, words, sum(one.n for one in counts[name])) for name, words in readings.tasks()],
        "counts": counts[task],
        "missing": [one for one in counts[task] if one.missing and one.code != "und"],
        "steady": golden.STEADY,
        "language": code,
        "page": page.get_page(request.GET.get("page")),
        "choices": readings.choices(task),
        "empty": not any(one.n for row in counts.values() for one in row),
    }


def _counts() -> dict[str, list[Amount]]:
    """By task, the product's own languages and all others that have sentences."""
    found = golden.current().values_list("task", "language").annotate(n=Count("pk")).order_by()
    held = {(task, code): n for task, code, n in found}
    return {task: _amounts(task, held) for task in Golden.Task.values}


def _amounts(task: str, held: dict[tuple[str, str], int]) -> list[Amount]:
    codes = [code for code in languages.NAMES if code in languages.FULL or (task, code) in held]
    return [Amount(code, held.get((task, code), 0)) for code in codes]


def _say(request: HttpRequest, words: str, task: str) -> HttpResponse:
    if request.htmx:
        return with_toast(HttpResponse(status=204), words)
    messages.success(request, words)
    return redirect(back_to(task))


def back_to(task: str) -> str:
    """The address of a task's sentences."""
    return f"{reverse('console:golden')}?task={task}"
