"""The page of data care: how it stands, whose turn it is, and the queue."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.care.checks import SURE
from samspill.care.finding import proposal
from samspill.care.models import Finding, Review
from samspill.care.owners import care_settings
from samspill.care.review import UnderWay, begin, open_findings, under_way
from samspill.console.access import requires
from samspill.console.answering import with_toast
from samspill.console.care.words import about, shown
from samspill.console.understanding.picture import trend
from samspill.contacts.models import Identity
from samspill.kit import clock
from samspill.workspace.models import Agent

A_PAGE, REVIEWS = 20, 24


@require_safe
@requires("agent")
def care(request: HttpRequest) -> HttpResponse:
    """Findings that wait, by kind and owner, and the quality over time."""
    kind, whose = request.GET.get("kind", ""), request.GET.get("owner", "")
    rows = _chosen(open_findings(), request, kind, whose)
    page = Paginator(rows.order_by("due_on", "-score", "pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _drawn(list(page.object_list)),
        "kind": kind,
        "whose": whose,
        "agents": Agent.objects.filter(is_active=True),
        "many": _many(),
        **_figures(request),
    }
    template = "console/care/queue.html" if request.htmx else "console/care/care.html"
    return render(request, template, context)


@require_POST
@requires("lead")
def review_now(request: HttpRequest) -> HttpResponse:
    """Look at all records in the background."""
    try:
        begin(by=request.user.actor)
        words = _("The review has begun.")
    except UnderWay:
        words = _("A review is under way already.")
    if request.htmx:
        return with_toast(_progress(request), words)
    messages.success(request, words)
    return redirect("console:care")


@require_safe
@requires("agent")
def progress(request: HttpRequest) -> HttpResponse:
    """How far the review is; the page shows what it found once it is done."""
    return _progress(request)


def _progress(request: HttpRequest) -> HttpResponse:
    review = under_way()
    response = render(request, "console/care/progress.html", {"review": review})
    if review is None and request.htmx and request.method == "GET":
        response["HX-Refresh"] = "true"
    return response


def _chosen(rows: QuerySet[Finding], request: HttpRequest, kind: str, whose: str) -> QuerySet[Finding]:
    rows = rows.select_related("contact__organisation", "other__organisation", "owner")
    if kind in Finding.Kind.values:
        rows = rows.filter(kind=kind)
    if whose == "mine":
        rows = rows.filter(owner=request.user)
    elif whose == "overdue":
        rows = rows.filter(due_on__lt=_today())
    elif whose.isascii() and whose.isdigit() and len(whose) < 10:
        rows = rows.filter(owner=int(whose))
    return rows


def _drawn(rows: list[Finding]) -> list[Any]:
    wanted = [pk for row in rows if (pk := proposal(row).get("unreachable"))]
    identities = Identity.objects.in_bulk(wanted) if wanted else {}
    return [shown(row, identities) for row in rows]


def _figures(request: HttpRequest) -> dict[str, Any]:
    waiting = open_findings()
    late = Q(due_on__lt=_today())
    done = Finding.objects.filter(state__in=("accepted", "rejected"), settled_at__gt=clock.ago(days=30))
    settled = dict(done.order_by().values_list("owner").annotate(n=Count("pk")))
    owners = (
        waiting.order_by()
        .values("owner", "owner__name")
        .annotate(n=Count("pk"), late=Count("pk", filter=late))
    )
    past = list(Review.objects.filter(quality__isnull=False).order_by("-pk")[:REVIEWS])[::-1]
    kinds = dict(waiting.order_by().values_list("kind").annotate(n=Count("pk")))
    return {
        "kinds": [(code, words, kinds.get(code, 0)) for code, words in Finding.Kind.choices],
        "owners": [
            row | {"done": settled.get(row["owner"], 0), "whole": row["n"] + settled.get(row["owner"], 0)}
            for row in owners
        ],
        "waiting": sum(kinds.values()),
        "overdue": waiting.filter(late).count(),
        "mine": waiting.filter(owner=request.user).count(),
        "settled": sum(settled.values()),
        "past": past,
        "newest": past[-1] if past else None,
        "quality": f"{100 * past[-1].quality:.0f}" if past and past[-1].quality is not None else "",
        "trend": trend({"quality": [one.quality for one in past]}) if len(past) > 1 else None,
        "review": under_way(),
        "plan": care_settings(),
    }


def _many() -> list[dict[str, Any]]:
    """Repairs so plain that many may be done with one click."""
    rows = open_findings().exclude(kind=Finding.Kind.DUPLICATE).filter(score__gte=SURE)
    rows = rows.filter(kind=Finding.Kind.INCOMPLETE)
    counted = rows.order_by().values("kind", "about").annotate(n=Count("pk")).filter(n__gt=1)
    return [row | {"words": about(row["about"])} for row in counted]


def _today() -> date:
    return clock.now().date()
