from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from samspill.kit import rate as counting
from samspill.knowledge.gaps import record_question
from samspill.knowledge.models import Translation
from samspill.knowledge.rate import rate
from samspill.portal import shelf
from samspill.portal.page import anonymous_post
from samspill.portal.visitor import address_of

A_DAY = 60 * 60 * 24


@anonymous_post
def helped(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """A reader says whether an article helped; once a day and address counts."""
    text = get_object_or_404(shelf.published(), article__slug=slug, language=language)
    answer, comment = request.POST.get("answer"), request.POST.get("comment", "")[:600]
    with suppress(counting.TooMany):  # thanked all the same: they did nothing wrong
        counting.limit("helped", f"{address_of(request)} {text.pk} {bool(comment)}", most=1, per_s=A_DAY)
        _count(text, answer, comment)
    if request.headers.get("X-Part"):
        return render(
            request, "portal/parts/thanks.html", {"text": text, "ask": answer == "no" and not comment}
        )
    return redirect(f"{text.url}?thanks=1#helped")


def _count(text: Translation, answer: str | None, comment: str) -> None:
    if answer in {"yes", "no"}:
        rate(text, answer == "yes", comment if answer == "no" else "")
    elif comment:
        record_question(comment, text.language, "article")
