from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_safe

from samspill.kit import languages
from samspill.portal import shelf
from samspill.portal.page import public


@login_not_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Send the reader to the help centre in their language."""
    wanted = languages.from_django(translation.get_language() or "en")
    response = redirect("portal:home", shelf.best_language(wanted))
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@public
def home(request: HttpRequest, language: str) -> HttpResponse:
    """The start of the help centre: search, categories, what helped most."""
    texts = shelf.titles(language)
    if not texts and language not in languages.FULL:
        raise Http404
    context = {"language": language, "sections": shelf.sections(texts), "popular": shelf.popular(texts)}
    return render(request, "portal/home.html", context | {"others": _others(language)})


@public
def category(request: HttpRequest, language: str, category: str) -> HttpResponse:
    """Every text of one category."""
    texts = shelf.titles(language)
    wanted = "" if category == "-" else category
    section = next((one for one in shelf.sections(texts) if one.category == wanted), None)
    if section is None:
        raise Http404
    context = {"language": language, "section": section, "sections": shelf.sections(texts)}
    return render(request, "portal/category.html", context | {"others": _others(language)})


def _others(language: str) -> list[tuple[str, str]]:
    here = [code for code in shelf.spoken_here() if code != language]
    return [(code, languages.NAMES[code]) for code in sorted(here, key=list(languages.NAMES).index)]
