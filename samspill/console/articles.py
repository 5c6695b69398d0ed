"""The list of articles: topics, languages, states."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.console.access import requires
from samspill.kit import languages
from samspill.knowledge import categories, overview
from samspill.knowledge.create import create
from samspill.knowledge.models import Article
from samspill.knowledge.write import save

A_PAGE = 60


@require_safe
@requires("agent")
def articles(request: HttpRequest) -> HttpResponse:
    """Every article by topic with the state of each language."""
    shown, asked = overview.columns(), request.GET
    words, wanted, category = (asked.get(name, "").replace("\0", "") for name in ("q", "state", "category"))
    page = Paginator(overview.select(words.strip(), wanted, category, shown), A_PAGE).get_page(
        asked.get("page")
    )
    reader = languages.from_django(translation.get_language() or "en")
    context = {
        "columns": shown,
        "sections": _sections(overview.rows(page.object_list, shown, reader)),
        "page": page,
        "categories": [(name, categories.name(name)) for name in used_categories()],
        "words": words,
        "wanted": wanted,
        "category": category,
        "states": states(),
    }
    template = "console/articles/table.html" if request.htmx else "console/articles/list.html"
    return render(request, template, context)


def states() -> list[tuple[str, str]]:
    """The filters above the list."""
    return [
        ("", _("All")),
        ("drafts", _("Drafts and changes")),
        ("review", _("Needs review")),
        ("missing", _("Missing a translation")),
    ]


def used_categories() -> list[str]:
    """Topics that have articles."""
    used = Article.objects.order_by().values_list("category", flat=True).distinct()
    return sorted(used, key=categories.place)


def _sections(rows: list[overview.Row]) -> list[tuple[str, list[overview.Row]]]:
    found = sorted({row.article.category for row in rows}, key=categories.place)
    return [(categories.name(one), [row for row in rows if row.article.category == one]) for one in found]


@require_POST
@requires("lead")
def article_new(request: HttpRequest) -> HttpResponse:
    """Begin an article."""
    title = request.POST.get("title", "").strip() or _("New article")
    article = create(title, request.user, category=request.POST.get("category", ""))
    language = languages.from_django(translation.get_language() or "en")
    save(article, language, title, "", "", request.user)
    return redirect("console:article_text", article.pk, language)
