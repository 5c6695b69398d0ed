"""How far the articles are: which languages, which states, what waits for a person."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from samspill.kit import clock, languages
from samspill.knowledge.models import Article, Translation, Version

PUBLISHED, CHANGED, DRAFT, MISSING = "published", "changed", "draft", "missing"


def with_newest(texts: QuerySet[Translation]) -> QuerySet[Translation]:
    """Each text with the number and title of its newest version."""
    newest = Version.objects.filter(translation=OuterRef("pk")).order_by("-number")
    return texts.annotate(
        newest_number=Subquery(newest.values("number")[:1]),
        newest_title=Subquery(newest.values("title")[:1]),
        published_number=F("published__number"),
    )


def state(text: Translation | None) -> str:
    """Where a text (from `with_newest`) stands."""
    if text is None:
        return MISSING
    if text.published_number is None:
        return DRAFT
    return CHANGED if text.newest_number > text.published_number else PUBLISHED


@dataclass(frozen=True)
class Row:
    """An article and its texts in the order of the columns."""

    article: Article
    title: str
    cells: list[tuple[str, str]]  # language, state

    @property
    def due(self) -> bool:
        """Whether it should be read through again."""
        return bool(self.article.review_on and self.article.review_on <= clock.now().date())


def columns() -> list[str]:
    """The languages that have texts, in the house's order; the product's own four before there is any."""
    used = set(Translation.objects.values_list("language", flat=True).distinct())
    return [code for code in languages.NAMES if code in used] or list(languages.FULL)


def rows(articles: Iterable[Article], shown: list[str], reader: str) -> list[Row]:
    """The articles with their texts, titled in the reader's language where there is one."""
    found = list(articles)
    texts: dict[int, dict[str, Translation]] = {article.pk: {} for article in found}
    for text in with_newest(Translation.objects.filter(article__in=found)):
        texts[text.article_id][text.language] = text
    return [_row(article, texts[article.pk], shown, reader) for article in found]


def _row(article: Article, texts: dict[str, Translation], shown: list[str], reader: str) -> Row:
    named = texts.get(reader) or texts.get("en") or next(iter(texts.values()), None)
    title = named.newest_title if named and named.newest_title else article.slug
    return Row(article, title, [(code, state(texts.get(code))) for code in shown])


def select(words: str, wanted: str, category: str, shown: list[str]) -> QuerySet[Article]:
    """Articles whose texts hold `words`, of one state (drafts, review, missing) and category; '' is all."""
    found = Article.objects.select_related("owner").order_by("category", "slug")
    if words:
        titled = Version.objects.filter(Q(title__icontains=words) | Q(body__icontains=words))
        found = found.filter(Q(slug__icontains=words) | Q(translations__versions__in=titled)).distinct()
    if category:
        found = found.filter(category=category)
    return found.filter(_state_is(wanted, shown))


def _state_is(wanted: str, shown: list[str]) -> Q:
    texts = with_newest(Translation.objects.all())
    if wanted == "drafts":
        unread = texts.filter(Q(published=None) | Q(newest_number__gt=F("published_number")))
        return Q(pk__in=unread.values("article"))
    if wanted == "review":
        return Q(review_on__lte=clock.now().date())
    if wanted == "missing":
        lacking = Q()
        for code in shown:
            lacking |= ~Q(pk__in=Translation.objects.filter(language=code).values("article"))
        return lacking
    return Q()
