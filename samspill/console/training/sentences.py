"""Sentences: those that wait for an intent, and what can be done with each."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.console.access import requires
from samspill.console.answering import again
from samspill.console.training.around import address, gone, show
from samspill.training import examples, labels
from samspill.training.errors import NothingToLearn, UnknownIntent
from samspill.training.models import Example, Intent

A_PAGE = 30
BACK = "console:training_sentences"


@require_safe
@requires("lead")
def sentences(request: HttpRequest) -> HttpResponse:
    """Sentences without an intent, those with a suggestion first."""
    waiting = Example.objects.filter(intent=None, dropped_at=None)
    suggested = waiting.exclude(suggested="").values_list("suggested").annotate(n=Count("pk")).order_by("-n")
    titles = labels.titles()
    only = request.GET.get("suggested", "").replace("\0", "")
    rows = waiting.filter(suggested=only) if only else waiting
    found = rows.defer("vector").order_by("-suggested", "-pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, titles.get(row.suggested, "")) for row in page.object_list],
        "groups": [(name, titles.get(name, name), number) for name, number in suggested],
        "only": only,
        "only_title": titles.get(only, only),
        "choices": labels.choices(),
    }
    return show(request, "sentences", context)


@require_POST
@requires("lead")
def label(request: HttpRequest, pk: int) -> HttpResponse:
    """A sentence belongs to an intent; undone, it waits again or goes back to its former one."""
    example = get_object_or_404(Example.objects.select_related("intent"), pk=pk)
    wanted = request.POST.get("label") or request.GET.get("label", "")
    before = example.intent.name if example.intent else ""
    try:
        examples.move(example, wanted, request.user)
    except UnknownIntent:
        return gone(request, _("Please choose an intent."), BACK)
    if request.GET.get("label"):
        return again(request, BACK)
    undo = f"{address('label', pk)}?label={before}" if before else address("loosen", pk)
    words = _("Belongs to “%(title)s” now.") % {"title": labels.titles().get(wanted, wanted)}
    return gone(request, words, BACK, undo)


@require_POST
@requires("lead")
def loosen(request: HttpRequest, pk: int) -> HttpResponse:
    """A sentence waits for an intent again."""
    examples.loosen(get_object_or_404(Example, pk=pk), request.user)
    return again(request, BACK)


@require_POST
@requires("lead")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a sentence away."""
    examples.drop(get_object_or_404(Example, pk=pk), request.user)
    return gone(request, _("Deleted."), BACK, address("keep", pk))


@require_POST
@requires("lead")
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    examples.restore(get_object_or_404(Example, pk=pk), request.user)
    return again(request, BACK)


@require_POST
@requires("lead")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Write sentences for an intent by hand, one a line."""
    intent = get_object_or_404(Intent, pk=pk, state=Intent.State.ACCEPTED)
    added = 0
    for line in request.POST.get("text", "").splitlines()[:200]:
        try:
            examples.add(line, intent.name, request.user)
            added += 1
        except NothingToLearn:
            continue
    words = _("Sentences added: %(n)d") % {"n": added}
    (messages.success if added else messages.error)(request, words)
    return redirect(address("intent", pk))


@require_POST
@requires("lead")
def accept_all(request: HttpRequest) -> HttpResponse:
    """Every sentence with this suggestion belongs there."""
    wanted = request.POST.get("label", "")
    try:
        number = examples.accept_suggested(wanted, request.user)
    except UnknownIntent:
        number = 0
    messages.success(request, _("Sentences added: %(n)d") % {"n": number})
    return redirect(reverse(BACK))
