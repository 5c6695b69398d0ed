from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import yaml

from samspill.knowledge.models import Article, Translation
from samspill.knowledge.publish import publish
from samspill.knowledge.write import save
from samspill.sample.files import read as read_file


@dataclass(frozen=True)
class Page:
    """One Markdown file: articles/<language>/<slug>.md with YAML front matter."""

    slug: str
    language: str
    category: str
    title: str
    summary: str
    body: str


def load() -> int:
    """Publish every help article that is not there yet; returns how many texts there are."""
    pages = list(read())
    known = set(Article.objects.values_list("slug", "translations__language"))
    for page in pages:
        if (page.slug, page.language) not in known:
            _publish(page)
    return len(pages)


def read() -> Iterator[Page]:
    """Every help article of the sample company."""
    for folder in sorted(files("samspill.sample").joinpath("articles").iterdir(), key=lambda one: one.name):
        for file in sorted(folder.iterdir(), key=lambda one: one.name):
            yield _page(file.name.removesuffix(".md"), folder.name, file.read_text(encoding="utf-8"))


def _page(slug: str, language: str, text: str) -> Page:
    _, head, body = text.split("---\n", 2)
    facts = yaml.safe_load(head)
    return Page(slug, language, facts["category"], facts["title"], facts["summary"], body.strip())


def _publish(page: Page) -> None:
    article, _ = Article.objects.get_or_create(slug=page.slug, defaults={"category": page.category})
    version = save(article, page.language, page.title, page.summary, page.body, None)
    publish(version.translation, version, None)
    helped = read_file("company")["helped"].get(page.slug, 0)
    Translation.objects.filter(pk=version.translation_id).update(helped=helped)
