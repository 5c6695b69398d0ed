from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_safe

from samspill.kit import languages
from samspill.portal import shelf
from samspill.portal.page import around, public


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
    context = {"sections": shelf.sections(texts), "popular": shelf.popular(texts)}
    return render(request, "portal/home.html", context | around(request, language, shelf.others(language)))


@public
def category(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Every text of one category."""
    texts = shelf.titles(language)
    wanted = "" if name == "-" else name
    section = next((one for one in shelf.sections(texts) if one.category == wanted), None)
    if section is None:
        raise Http404
    context = {"section": section, "sections": shelf.sections(texts)}
    return render(
        request, "portal/category.html", context | around(request, language, shelf.others(language))
    )
