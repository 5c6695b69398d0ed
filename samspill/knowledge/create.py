from django.db import transaction
from django.utils.text import slugify

from samspill.kit.events import emit
from samspill.knowledge.models import Article
from samspill.workspace.models import Agent


@transaction.atomic
def create(title: str, by: Agent | None, *, category: str = "", visibility: str = "public") -> Article:
    """A new article without any text; its address is made from `title` and never used twice."""
    article = Article.objects.create(
        slug=free_slug(title), category=category[:60], visibility=visibility, owner=by
    )
    emit("article.created", actor=by.actor if by else "system", article=article.pk)
    return article


def free_slug(title: str) -> str:
    """The address an article of this title gets: readable where the script allows, numbered when taken."""
    wanted = slugify(title)[:100].strip("-") or "article"
    taken = set(Article.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
