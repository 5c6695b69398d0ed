"""A way to write articles."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from samspill.knowledge.models import Translation


@pytest.fixture
def write(db: None) -> Callable[..., "Translation"]:
    """Publish an article: write(slug, language, title, body, summary)."""
    from samspill.knowledge.models import Article
    from samspill.knowledge.publish import publish
    from samspill.knowledge.write import save

    def published(slug: str, language: str, title: str, body: str, summary: str = "") -> "Translation":
        article, _ = Article.objects.get_or_create(slug=slug, defaults={"category": "delivery"})
        version = save(article, language, title, summary, body, None)
        publish(version.translation, version, None)
        return version.translation

    return published
