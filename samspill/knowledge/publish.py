from django.db import transaction

from samspill.kit import clock
from samspill.kit.events import emit
from samspill.knowledge import gaps, revision
from samspill.knowledge.models import Translation, Version
from samspill.knowledge.passages import replace
from samspill.workspace.models import Agent


@transaction.atomic
def publish(translation: Translation, version: Version, by: Agent | None) -> None:
    """Everybody reads and finds this version from now on: by its words at once, by its meaning in seconds."""
    if version.translation_id != translation.pk:
        raise ValueError("the version belongs to another article or language")
    translation.published, translation.published_at = version, clock.now()
    translation.save(update_fields=["published", "published_at"])
    replace(translation, version)
    revision.advance()
    gaps.close_with(translation.article, by)
    emit("article.published", actor=_actor(by), translation=translation.pk)


@transaction.atomic
def withdraw(translation: Translation, by: Agent | None) -> None:
    """Nobody but agents reads it any more; its versions stay."""
    translation.published = translation.published_at = None
    translation.save(update_fields=["published", "published_at"])
    translation.chunks.all().delete()
    revision.advance()
    gaps.open_again_without(translation.article)
    emit("article.withdrawn", actor=_actor(by), translation=translation.pk)


def _actor(by: Agent | None) -> str:
    return by.actor if by else "system"
