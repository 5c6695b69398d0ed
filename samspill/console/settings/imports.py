"""Bringing people and conversations over from elsewhere."""

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.console.access import requires
from samspill.console.settings import import_words as words
from samspill.conversations.models import Inbox
from samspill.imports import begin
from samspill.imports.formats import calls, contacts
from samspill.imports.formats.read import TABLES
from samspill.imports.models import Import
from samspill.imports.run import where

SHOWN, ROWS = 30, 100
State = Import.State


@requires("admin")
def imports(request: HttpRequest) -> HttpResponse:
    """What was brought over, and a place for more."""
    wrong = ""
    if request.method == "POST":
        try:
            return redirect("console:settings_import_one", _take(request).pk)
        except begin.CannotImport as error:
            wrong = words.problem(str(error))
    rows = [shown(of) for of in Import.objects.select_related("by", "inbox").order_by("-pk")[:SHOWN]]
    inboxes = Inbox.objects.order_by("channel", "name")
    context = {
        "rows": rows,
        "wrong": wrong,
        "forms": words.forms(),
        "inboxes": inboxes,
        "given": request.POST,
    }
    return render(request, "console/settings/imports.html", context, status=422 if wrong else 200)


def _take(request: HttpRequest) -> Import:
    file = request.FILES.get("file")
    if file is None:
        raise begin.CannotImport("no_file")
    chosen = request.POST.get("inbox", "")
    inbox = Inbox.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    of = begin.store(file, request.POST.get("form", ""), inbox, request.user)
    if of.form not in TABLES:  # of a table the columns are chosen first
        begin.ask(of, by=request.user, dry=True)
    return of


@require_safe
@requires("admin")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: its columns, its progress, what came of it."""
    of = _find(pk)
    context: dict[str, Any] = shown(of)
    if context["choosing"]:
        context |= _columns(of)
    context["skipped"] = [(row.place, words.reason(row.reason)) for row in of.skipped.order_by("pk")[:ROWS]]
    context["more_skipped"] = of.skipped.count() > ROWS
    return render(request, "console/settings/import.html", context)


@require_safe
@requires("admin")
def now(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; when it has ended, the whole page is drawn again."""
    of = _find(pk)
    response = render(request, "console/settings/import_now.html", shown(of))
    if not of.is_running:
        response["HX-Refresh"] = "true"
    return response


def _find(pk: int) -> Import:
    return get_object_or_404(Import.objects.select_related("by", "inbox"), pk=pk)


def shown(of: Import) -> dict[str, Any]:
    """An import as the pages show it."""
    choosing = of.form in TABLES and of.state == State.STORED and not of.columns and bool(of.path)
    return {
        "of": of,
        "form": words.named(of.form),
        "choosing": choosing,
        "running": of.is_running and not choosing,
        "percent": of.position * 100 // of.whole if of.whole else None,
        "summary": words.summary(of),
        "besides": words.besides(of),
        "wrong": words.problem(of.error) if of.error else "",
        "can_undo": not of.dry
        and of.state in (State.DONE, State.STOPPED, State.FAILED)
        and bool(of.position),
    }


def _columns(of: Import) -> dict[str, Any]:
    """The first rows of a table, and what each column seems to hold."""
    head, rows = contacts.preview(where(of))
    guessed = calls.guess(head) if of.form == "calls" else contacts.guess(head)
    columns = [
        {
            "number": number,
            "title": title,
            "field": guessed[str(number)],
            "examples": [row[number] for row in rows if number < len(row) and row[number].strip()][:3],
        }
        for number, title in enumerate(head)
    ]
    return {"columns": columns, "fields": words.call_fields() if of.form == "calls" else words.fields()}


@require_POST
@requires("admin")
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Look it through, bring it in, stop it, go on, or take it back."""
    of, wish = _find(pk), request.POST.get("act", "")
    acts = {
        "try": lambda: begin.ask(of, by=request.user, dry=True, columns=_chosen(request)),
        "begin": lambda: begin.ask(of, by=request.user, dry=False),
        "stop": lambda: begin.stop(of, by=request.user),
        "go_on": lambda: begin.go_on(of, by=request.user),
        "undo": lambda: begin.undo(of, by=request.user),
    }
    if not acts.get(wish, bool)():
        messages.info(request, _("It is in another state by now. This is how it stands."))
    return redirect("console:settings_import_one", pk)


def _chosen(request: HttpRequest) -> dict[str, str] | None:
    known = {field for field, _name in [*words.fields(), *words.call_fields()]}
    chosen = {
        key.removeprefix("column-"): value for key, value in request.POST.items() if key.startswith("column-")
    }
    return {key: value for key, value in chosen.items() if value in known} or None


@require_safe
@requires("admin")
def skipped(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Every row that was left out, as a table."""
    of = _find(pk)
    lines = csv.writer(_Line())
    head = lines.writerow([_("Place in the file"), _("Why")])
    rows = of.skipped.order_by("pk").values_list("place", "reason").iterator()

    def told() -> Iterator[str]:
        yield "\ufeff" + head
        for place, reason in rows:
            yield lines.writerow([place, words.reason(reason)])

    response = StreamingHttpResponse(told(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="skipped-{of.pk}.csv"'
    return response


class _Line:
    """Hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line
