from datetime import date

from django.db import transaction

from samspill.kit.events import emit
from samspill.knowledge import revision
from samspill.knowledge.models import Article
from samspill.workspace.models import Agent


@transaction.atomic
def arrange(
    article: Article,
    by: Agent,
    *,
    category: str,
    visibility: str,
    review_on: date | None,
    owner: Agent | None,
) -> None:
    """Put the article in its place: topic, readers, who looks after it and when it is read through again."""
    article.category, article.review_on, article.owner = category.strip()[:60], review_on, owner
    article.visibility = Article.Visibility(visibility)
    article.save(update_fields=["category", "visibility", "review_on", "owner"])
    revision.advance()
    emit("article.arranged", actor=by.actor, article=article.pk)


@transaction.atomic
def delete(article: Article, by: Agent) -> None:
    """The article is gone for good, in every language and with every version."""
    emit("article.deleted", actor=by.actor, article=article.pk)
    article.delete()
    revision.advance()
