"""Articles beside the contact form: shown while one writes, opened in place, and whether they answered it."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from samspill.contacts.recognise import address_hash
from samspill.kit import rate
from samspill.knowledge import deflect, markdown
from samspill.knowledge.search import search
from samspill.knowledge.vectors import meaning
from samspill.portal import shelf
from samspill.portal.form import key_of
from samspill.portal.page import anonymous_post, public
from samspill.portal.searching import asked
from samspill.portal.visitor import address_of

SUGGESTED, SHORTEST = 3, 4
A_DAY, MOST_A_DAY = 60 * 60 * 24, 200


@never_cache
@public
def articles(request: HttpRequest, language: str) -> HttpResponse:
    """The articles nearest to what is being written."""
    question = asked(request)
    found = search(question, language, SUGGESTED, meaning(question)) if len(question) >= SHORTEST else []
    return render(request, "portal/parts/contact_articles.html", {"results": found, "language": language})


@public
def article(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """One article without the page around it."""
    text = get_object_or_404(shelf.published(), article__slug=slug, language=language)
    body = markdown.html(text.published.body)
    return render(request, "portal/parts/contact_article.html", {"text": text, "body": body})


@anonymous_post
def told(request: HttpRequest, language: str) -> HttpResponse:
    """The browser says that articles were shown, that one was opened, or that it answered the question."""
    said, key = request.POST.get("said", ""), key_of(request)
    with suppress(rate.TooMany):  # one visitor does not make the figures
        rate.limit("told", address_of(request), most=MOST_A_DAY, per_s=A_DAY)
        _keep(said, key, request, language)
    if said == "confirmed":
        return render(request, "portal/parts/contact_thanks.html", {"language": language})
    return HttpResponse(status=204)


def _keep(said: str, key: str, request: HttpRequest, language: str) -> None:
    if said == "offered":
        deflect.offered(key, "form", language)
    elif said == "opened":
        text = get_object_or_404(
            shelf.published(), article__slug=request.POST.get("article", ""), language=language
        )
        deflect.opened(key, text.article_id, "form", language, _who(request))
    elif said == "confirmed":
        deflect.confirmed(key)


def _who(request: HttpRequest) -> str:
    """The hash of the address they have given, if any: enough to see whether they write within a day."""
    email = request.POST.get("email", "").strip()
    return address_hash("email", email) if "@" in email else ""
