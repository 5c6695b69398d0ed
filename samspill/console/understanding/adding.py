"""Sentences come into the golden set: by hand, from a file, from a conversation, from the set that ships."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.console.access import requires
from samspill.console.answering import with_toast
from samspill.console.understanding import readings
from samspill.console.understanding.golden import back_to, context_of
from samspill.conversations.models import Message
from samspill.kit import languages
from samspill.training import golden, starter
from samspill.training.golden_files import LONGEST_FILE, Row, Unreadable, Wrong, read
from samspill.training.models import Golden
from samspill.training.sentence import fingerprint, keep

SHOWN_ERRORS = 20


@require_POST
@requires("lead")
def add(request: HttpRequest) -> HttpResponse:
    """One sentence written by hand."""
    row = _chosen(request)
    if row is None:
        messages.error(request, _("Please choose from the lists."))
        return redirect("console:golden")
    messages.success(request, _added(row, request))
    return redirect(back_to(row.task))


@require_POST
@requires("lead")
def take_in(request: HttpRequest) -> HttpResponse:
    """Sentences from a file; rows that cannot be used are named, the others are kept."""
    given = request.FILES.get("file")
    if given is None:
        messages.error(request, _("Please choose a file."))
        return redirect("console:golden")
    try:
        rows = list(read(given.read(LONGEST_FILE + 1), readings.known()))
    except Unreadable as error:
        messages.error(request, str(error))
        return redirect("console:golden")
    wrong = [row for row in rows if isinstance(row, Wrong)]
    told = Counter(_outcome(row, request, wrong) for row in rows if isinstance(row, Row))
    context = context_of(request) | {"told": told, "wrong": wrong[:SHOWN_ERRORS], "wrong_count": len(wrong)}
    return render(request, "console/understanding/golden.html", context)


@require_POST
@requires("lead")
def begin(request: HttpRequest) -> HttpResponse:
    """Begin with the sentences that ship."""
    count = starter.load(by=request.user)
    messages.success(
        request, _("%(n)d sentences added. Change what your company sees otherwise.") % {"n": count}
    )
    return redirect("console:golden")


@requires("lead")
def from_message(request: HttpRequest, pk: int) -> HttpResponse:
    """A customer's message becomes golden: with its present reading by one click, or with a chosen one."""
    message = get_object_or_404(Message, pk=pk, direction=Message.Direction.IN)
    words = ""
    if request.method == "POST":
        words = _from_message(message, request)
        if not request.htmx:
            messages.success(request, words)
            return redirect("console:conversation", message.conversation_id)
    held = _held(message)
    expected = held.expected if held else message.reading.get("intent", "")
    context = {"item": message, "held": held, "expected": expected, "choices": readings.choices("intent")}
    response = render(request, "console/conversation/golden_choice.html", context)
    return with_toast(response, words) if words else response


def _from_message(message: Message, request: HttpRequest) -> str:
    code = message.language if message.language in languages.NAMES else "und"
    expected = request.POST.get("expected", "")
    if "expected" not in request.POST or expected not in dict(readings.choices("intent")):
        return _("Please choose from the lists.")
    return _added(Row(0, Golden.Task.INTENT, message.text, code, expected), request)


def _held(message: Message) -> Golden | None:
    same = golden.current().filter(task=Golden.Task.INTENT, text_hash=fingerprint(keep(message.text)))
    return same.first()


def _added(row: Row, request: HttpRequest) -> str:
    try:
        added = golden.add(row.task, row.text, row.language, row.expected, by=request.user)
    except golden.NothingLeft:
        return _("Nothing is left of the sentence once personal data is taken out.")
    said = {
        "new": _("Added to the golden set."),
        "changed": _("It was golden already; its reading is changed."),
        "known": _("It is golden already."),
    }[added.outcome]
    return f"{said} {_unlearned(added.unlearned)}".strip()


def _unlearned(count: int) -> str:
    if not count:
        return ""
    return _("The assistant does not learn from it any more: what measures must not be learned.")


def _outcome(row: Row, request: HttpRequest, wrong: list[Wrong]) -> str:
    try:
        return golden.add(row.task, row.text, row.language, row.expected, by=request.user).outcome
    except golden.NothingLeft:
        wrong.append(Wrong(row.line, _("Nothing is left of the sentence once personal data is taken out.")))
        return "wrong"


def _chosen(request: HttpRequest) -> Row | None:
    given = {name: request.POST.get(name, "") for name in ("task", "text", "language", "expected")}
    if given["task"] not in Golden.Task.values or given["language"] not in languages.NAMES:
        return None
    if given["expected"] not in dict(readings.choices(given["task"])) or "expected" not in request.POST:
        return None
    return Row(0, given["task"], given["text"].replace("\0", ""), given["language"], given["expected"])
