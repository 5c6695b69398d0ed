from collections.abc import Iterator

from samspill.knowledge.models import Article
from samspill.sample.files import read
from samspill.training import golden, starter
from samspill.training.models import Golden

ANSWER = Golden.Task.ANSWER.value


def load() -> int:
    """The golden set that ships and questions to the sample's own articles; returns how many there are."""
    starter.load(by=None)
    golden.add_missing(_questions(), by=None)
    return golden.current().count()


def clear() -> None:
    """Take out what came with the sample company."""
    texts = [text for by_language in read("golden").values() for text in by_language.values()]
    Golden.objects.filter(task=ANSWER, by=None, text__in=texts).delete()
    Golden.objects.filter(by=None, text__in=[row.text for row in starter.rows()]).delete()


def _questions() -> Iterator[tuple[str, str, str, str]]:
    articles = {"": ""} | {slug: str(pk) for pk, slug in Article.objects.values_list("pk", "slug")}
    for slug, texts in read("golden").items():
        for language, text in texts.items():
            if slug in articles:
                yield ANSWER, text, language, articles[slug]
