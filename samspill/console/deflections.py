"""How often articles spared people from having to write to us."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from samspill.console.access import requires
from samspill.kit import languages
from samspill.knowledge import deflect, overview

WEEKS = 8


@require_safe
@requires("agent")
def spared(request: HttpRequest) -> HttpResponse:
    """The last weeks, and the articles that helped."""
    weeks, articles = deflect.by_week(WEEKS), deflect.by_article(WEEKS)
    reader = languages.from_django(translation.get_language() or "en")
    titles = overview.rows((article for article, _ in articles), overview.columns(), reader)
    rows = [(title, row) for title, (_, row) in zip(titles, articles, strict=True)]
    return render(request, "console/gaps/spared.html", {"weeks": weeks, "articles": rows})
