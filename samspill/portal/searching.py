from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from samspill.knowledge.answer import find_answer
from samspill.knowledge.search import search
from samspill.knowledge.vectors import meaning
from samspill.portal import shelf
from samspill.portal.page import around, public

LONGEST = 300
SUGGESTED, LISTED = 5, 10


@public
def results(request: HttpRequest, language: str) -> HttpResponse:
    """The articles for a question, with a short answer on top where one is certain enough."""
    question = asked(request)
    vector = meaning(question) if question else None
    found = search(question, language, LISTED, vector) if question else []
    answer = find_answer(question, language, vector) if found else None
    context = {"question": question, "results": found, "answer": answer}
    return render(request, "portal/results.html", context | around(request, language, shelf.others(language)))


@never_cache
@public
def suggest(request: HttpRequest, language: str) -> HttpResponse:
    """A few articles while the reader still types."""
    question = asked(request)
    found = search(question, language, SUGGESTED, meaning(question)) if len(question) > 1 else []
    context = {"results": found, "language": language, "good": bool(found and found[0].certain)}
    return render(request, "portal/parts/suggestions.html", context)


def asked(request: HttpRequest) -> str:
    """What the reader typed, in one line."""
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
