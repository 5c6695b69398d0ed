"""What the help centre has to show."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from samspill.kit import languages
from samspill.knowledge import categories
from samspill.knowledge.models import Article, Translation
from samspill.workspace.current import workspace


@dataclass(frozen=True)
class Section:
    """A category and the texts in it."""

    language: str
    category: str
    texts: list[Translation]

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("portal:category", args=[self.language, self.category or "-"])

    @property
    def name(self) -> str:
        """The category in the reader's language."""
        return categories.name(self.category)

    @property
    def icon(self) -> str:
        """Its picture."""
        return categories.icon(self.category)


def published() -> QuerySet[Translation]:
    """Every text the public may read."""
    return (
        Translation.objects.exclude(published=None)
        .filter(article__visibility=Article.Visibility.PUBLIC)
        .select_related("article", "published")
    )


def titles(language: str) -> list[Translation]:
    """All texts of a language by category and title, without their bodies."""
    texts = published().filter(language=language).defer("published__body")
    return list(texts.order_by("article__category", "published__title"))


def sections(texts: list[Translation]) -> list[Section]:
    """The texts by category, as a customer meets them."""
    found = sorted({text.article.category for text in texts}, key=categories.place)
    return [
        Section(texts[0].language, one, [text for text in texts if text.article.category == one])
        for one in found
    ]


def popular(texts: list[Translation], most: int = 6) -> list[Translation]:
    """Those that helped most readers; none before anybody said so."""
    helped = [text for text in texts if text.helped > text.not_helped]
    return sorted(helped, key=lambda text: text.not_helped - text.helped)[:most]


def spoken_here() -> list[str]:
    """The languages that have texts, the fullest first."""
    counts = Counter(published().values_list("language", flat=True))
    return [code for code, _ in counts.most_common() if code in languages.NAMES]


def others(language: str) -> list[tuple[str, ...]]:
    """The other languages the help centre speaks: code and own name."""
    here = [code for code in spoken_here() if code != language]
    return [(code, languages.NAMES[code]) for code in sorted(here, key=list(languages.NAMES).index)]


def best_language(wanted: str) -> str:
    """The language of the help centre that serves a reader of `wanted` best."""
    here = spoken_here()
    wishes = (wanted, languages.spoken(wanted), workspace().language, "en", *here)
    return next((code for code in wishes if code in here), languages.spoken(wanted))


def in_other_languages(text: Translation) -> list[Translation]:
    """The same article in its other languages."""
    same = published().filter(article=text.article_id).defer("published__body")
    return list(same.exclude(pk=text.pk).order_by("language"))
