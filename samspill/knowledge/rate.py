from django.db import transaction
from django.db.models import F

from samspill.kit.events import emit
from samspill.knowledge.gaps import record_question
from samspill.knowledge.models import Translation


@transaction.atomic
def rate(translation: Translation, helped: bool, comment: str = "") -> None:
    """Count a reader's "did this help?"; what was missing for them joins the unanswered questions."""
    counter = "helped" if helped else "not_helped"
    Translation.objects.filter(pk=translation.pk).update(**{counter: F(counter) + 1})
    emit("article.rated", actor="visitor", translation=translation.pk, helped=helped)
    if comment.strip():
        record_question(comment, translation.language, "article")
