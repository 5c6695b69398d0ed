"""What the assistant and the search could not answer, worked off."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.console.access import requires
from samspill.console.answering import again, with_toast
from samspill.kit import clock
from samspill.knowledge import gaps
from samspill.knowledge.draft import draft_from_gap
from samspill.knowledge.models import Article, Gap, Question
from samspill.knowledge.search import search
from samspill.knowledge.vectors import meaning
from samspill.workspace.models import Agent

A_PAGE = 25
DAYS = 14
EXAMPLES = 4


@dataclass(frozen=True)
class Shown:
    """A gap with what its questions say."""

    gap: Gap
    examples: list[Question]
    languages: list[str]
    sources: list[str]
    days: list[int]  # questions a day, the last one today

    @property
    def points(self) -> str:
        """The trend as an SVG polyline in a box of 70 × 20."""
        top = max([*self.days, 1])
        return " ".join(
            f"{at * 70 / (DAYS - 1):.0f},{19 - 17 * count / top:.0f}" for at, count in enumerate(self.days)
        )


@require_safe
@requires("agent")
def unanswered(request: HttpRequest) -> HttpResponse:
    """Needs the articles do not meet, the most frequent first."""
    state = request.GET.get("state", Gap.State.OPEN)
    state = state if state in Gap.State.values else Gap.State.OPEN
    found = Gap.objects.filter(state=state).select_related("owner", "article").order_by("-count", "-last_at")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shown": _shown(list(page.object_list)),
        "state": state,
        "states": Gap.State.choices,
        "agents": Agent.objects.filter(is_active=True) if request.user.is_lead else [],
    }
    return render(request, "console/gaps/list.html", context)


def _shown(found: list[Gap]) -> list[Shown]:
    questions: dict[int, list[Question]] = defaultdict(list)
    for question in Question.objects.filter(gap__in=found).order_by("-pk")[: A_PAGE * 200]:
        questions[question.gap_id].append(question)
    return [_one(gap, questions[gap.pk]) for gap in found]


def _one(gap: Gap, questions: list[Question]) -> Shown:
    today = clock.now().date()
    asked = [question.at.date() for question in questions]
    days = [asked.count(today - timedelta(days=back)) for back in reversed(range(DAYS))]
    others = list({q.text: q for q in questions if q.text != gap.title}.values())
    return Shown(
        gap,
        others[:EXAMPLES],
        list(dict.fromkeys(question.language for question in questions)) or [gap.language],
        list(dict.fromkeys(question.source for question in questions)),
        days,
    )


@require_POST
@requires("lead")
def gap_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a draft article that asks what they ask."""
    article = draft_from_gap(get_object_or_404(Gap, pk=pk), request.user)
    return redirect("console:article", article.pk)


@require_safe
@requires("lead")
def gap_fits(request: HttpRequest, pk: int) -> HttpResponse:
    """Articles that may answer it after all, to be linked."""
    gap = get_object_or_404(Gap, pk=pk)
    asked = request.GET.get("q", "").replace("\0", "").strip() or gap.title
    found = search(asked, gap.language, 5, meaning(asked), audience="agents")
    return render(request, "console/gaps/fits.html", {"gap": gap, "results": found, "asked": asked})


@require_POST
@requires("lead")
def gap_link(request: HttpRequest, pk: int) -> HttpResponse:
    """An article that exists answers it."""
    article = get_object_or_404(Article, pk=request.POST.get("article") or 0)
    gaps.link(get_object_or_404(Gap, pk=pk), article, request.user)
    return _gone(request, pk, _("Linked. These questions lead to the article from now on."))


@require_POST
@requires("lead")
def gap_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody will write about this."""
    gaps.dismiss(get_object_or_404(Gap, pk=pk), request.user)
    return _gone(request, pk, _("Dismissed."))


@require_POST
@requires("lead")
def gap_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    gaps.reopen(get_object_or_404(Gap, pk=pk), request.user)
    return again(request, "console:unanswered")


@require_POST
@requires("lead")
def gap_own(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody takes care of it."""
    wanted = request.POST.get("owner", "")
    owner = get_object_or_404(Agent, pk=int(wanted), is_active=True) if wanted.isdigit() else None
    gaps.own(get_object_or_404(Gap, pk=pk), owner, request.user)
    words = (
        _("%(name)s takes care of it.") % {"name": owner.name} if owner else _("Nobody takes care of it now.")
    )
    if request.htmx:
        return with_toast(HttpResponse(status=204), words)
    messages.success(request, words)
    return redirect("console:unanswered")


def _gone(request: HttpRequest, pk: int, words: str) -> HttpResponse:
    """The row leaves the list; a toast offers to take it back."""
    if request.htmx:
        return with_toast(HttpResponse(), words, undo=reverse("console:gap_reopen", args=[pk]))
    messages.success(request, words)
    return redirect("console:unanswered")
