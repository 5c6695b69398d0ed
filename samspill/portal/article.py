from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samspill.kit import languages
from samspill.knowledge import categories, markdown
from samspill.knowledge.models import Translation
from samspill.knowledge.related import related
from samspill.portal import shelf
from samspill.portal.page import around, public


@public
def article(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """One article; where it is not written in this language, the one it is written in."""
    text = shelf.published().filter(article__slug=slug, language=language).first()
    if text is None:
        return _elsewhere(slug)
    return render(request, "portal/article.html", _context(request, text))


def _elsewhere(slug: str) -> HttpResponse:
    texts = {text.language: text for text in shelf.published().filter(article__slug=slug)}
    if not texts:
        raise Http404
    return redirect(texts.get("en", next(iter(texts.values()))).url)


def _context(request: HttpRequest, text: Translation) -> dict[str, object]:
    body, anchors = markdown.with_anchors(markdown.html(text.published.body))
    others = shelf.in_other_languages(text)
    names = [(one.language, languages.NAMES.get(one.language, one.language), one.url) for one in others]
    return around(request, text.language, names) | {
        "text": text,
        "body": body,
        "anchors": anchors if len(anchors) > 2 else [],
        "alternates": [text, *others],
        "category": categories.name(text.article.category),
        "category_url": reverse("portal:category", args=[text.language, text.article.category or "-"]),
        "related": related(text),
    }
