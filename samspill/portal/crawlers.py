from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samspill.portal import shelf

CLOSED = (
    "/desk/",
    "/api/",
    "/live/",
    "/widget/",
    "/demo/",
    "/help/*/search",
    "/help/*/suggest",
    "/help/*/contact/",
    "/help/*/callback/",
)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read the articles."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        f"Sitemap: {settings.URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public article in every language, with the day of its last change."""
    texts = shelf.published().defer("published__body").order_by("article_id", "language")
    articles: dict[int, list] = {}  # type: ignore[type-arg]
    for text in texts[:40_000]:
        articles.setdefault(text.article_id, []).append(text)
    context = {"articles": articles.values(), "site": settings.URL}
    return render(request, "portal/sitemap.xml", context, content_type="application/xml")
