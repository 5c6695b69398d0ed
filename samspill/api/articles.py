from datetime import datetime
from typing import Annotated, Any, Literal

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from samspill.api.paging import After, Limit, Problem, page
from samspill.api.values import Pk, words
from samspill.knowledge.create import create
from samspill.knowledge.models import Article, Translation
from samspill.knowledge.publish import publish, withdraw
from samspill.knowledge.write import save

router = Router()
Language = Literal["nb", "de", "zh-Hant", "en"]


class TextOut(Schema):
    """An article in one language as the public reads it; empty while nothing is published."""

    language: str
    title: str = Field("", alias="published.title")
    summary: str = Field("", alias="published.summary")
    body: str = Field("", alias="published.body")
    published_at: datetime | None


class ArticleOut(Schema):
    """A knowledge page in all its languages."""

    id: int
    slug: str
    category: str
    visibility: str
    texts: list[TextOut] = Field(alias="translations")


class ArticlePage(Schema):
    """A page of articles."""

    rows: list[ArticleOut]
    next: int | None


class TextIn(Schema):
    """The text of an article in one language."""

    title: Annotated[str, words(200, 1)]
    summary: Annotated[str, words(400)] = ""
    body: Annotated[str, words(100_000, 1)]
    publish: bool = False


class ArticleIn(TextIn):
    """A new article with its first text."""

    language: Language
    category: Annotated[str, words(60)] = ""


@router.get("", response=ArticlePage)
def articles(request: HttpRequest, after: After = 0, limit: Limit = 25) -> dict[str, Any]:
    """Articles, oldest first."""
    return page(_articles(), after, limit)


@router.get("/{pk}", response={200: ArticleOut, 404: Problem})
def article(request: HttpRequest, pk: Pk) -> Article:
    """One article."""
    return get_object_or_404(_articles(), pk=pk)


@router.post("", response={201: ArticleOut})
@transaction.atomic
def add(request: HttpRequest, body: ArticleIn) -> Status[Article]:
    """Write a new article, published at once if `publish` says so."""
    agent = request.auth.created_by  # type: ignore[attr-defined]
    made = create(body.title, agent, category=body.category)
    _write(made, body.language, body, agent)
    return Status(201, _articles().get(pk=made.pk))


@router.put("/{pk}/{language}", response={200: ArticleOut, 404: Problem})
@transaction.atomic
def write(request: HttpRequest, pk: Pk, language: Language, body: TextIn) -> Article:
    """Save a new version in one language; the same text again makes none."""
    found = get_object_or_404(Article, pk=pk)
    _write(found, language, body, request.auth.created_by)  # type: ignore[attr-defined]
    return _articles().get(pk=pk)


@router.delete("/{pk}/{language}", response={204: None, 404: Problem})
def take_back(request: HttpRequest, pk: Pk, language: Language) -> Status[None]:
    """Take a text back from the public; its versions stay."""
    withdraw(get_object_or_404(Translation, article=pk, language=language), request.auth.created_by)  # type: ignore[attr-defined]
    return Status(204, None)


def _write(article: Article, language: str, body: TextIn, agent: Any) -> None:
    version = save(article, language, body.title, body.summary, body.body, agent)
    if body.publish:
        publish(version.translation, version, agent)


def _articles() -> QuerySet[Article]:
    return Article.objects.prefetch_related("translations__published")
