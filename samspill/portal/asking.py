from contextlib import suppress

from django.http import HttpRequest, HttpResponse

from samspill.kit import rate
from samspill.knowledge.gaps import record_question
from samspill.knowledge.search import search
from samspill.knowledge.vectors import meaning
from samspill.portal.page import anonymous_post
from samspill.portal.visitor import address_of

A_DAY = 60 * 60 * 24
MOST_A_DAY = 20
SHORTEST = 4  # fewer letters are a slip, not a question


@anonymous_post
def asked(request: HttpRequest, language: str) -> HttpResponse:
    """The reader stopped typing and opened nothing: if no article was good, remember what they wanted."""
    question = " ".join(request.POST.get("q", "").replace("\0", "").split())[:300]
    if len(question) >= SHORTEST:
        with suppress(rate.TooMany):  # one reader does not fill the list
            _remember(request, question, language)
    return HttpResponse(status=204)


def _remember(request: HttpRequest, question: str, language: str) -> None:
    vector = meaning(question)
    found = search(question, language, 1, vector)
    if found and found[0].certain:
        return
    address = address_of(request)
    rate.limit("asked", f"{address} {question.lower()}", most=1, per_s=A_DAY)
    rate.limit("asked", address, most=MOST_A_DAY, per_s=A_DAY)
    record_question(question, language, "search", vector=vector)
