import hashlib
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils.text import slugify

from samspill.knowledge.models import Article
from samspill.knowledge.publish import publish
from samspill.knowledge.reading import Page, Skipped
from samspill.knowledge.write import save

NEW, CHANGED, SAME = "new", "changed", "same"


def take_in(pages: Iterable[Page | Skipped], *, publish_them: bool) -> Iterator[tuple[str, Page | Skipped]]:
    """Texts become articles, one by one: new, changed, same or skipped. Doing so again changes nothing."""
    for page in pages:
        if isinstance(page, Skipped):
            yield "skipped", page
        else:
            yield _one(page, publish_them), page


@transaction.atomic
def _one(page: Page, publish_it: bool) -> str:
    article, _ = Article.objects.get_or_create(
        slug=slug_of(page.source), defaults={"category": page.category[:60]}
    )
    before = article.translations.filter(language=page.language).values_list("versions__number", flat=True)
    numbers = [number for number in before if number]
    version = save(article, page.language, page.title, page.summary, page.body, None)
    if publish_it and version.translation.published_id != version.pk:
        publish(version.translation, version, None)
    if version.number in numbers:
        return SAME
    return CHANGED if numbers else NEW


def slug_of(source: str) -> str:
    """The same address for the same source; what letters alone cannot tell apart is told by a hash."""
    readable = slugify(source.replace("/", "-"))[:90].strip("-")
    if readable == source.replace("/", "-"):
        return readable
    return f"{readable or 'article'}-{hashlib.blake2b(source.encode(), digest_size=4).hexdigest()}"
