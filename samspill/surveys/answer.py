from django.db import transaction

from samspill.kit import clock
from samspill.kit.events import emit
from samspill.surveys.models import Survey

LONGEST = 2000


@transaction.atomic
def answer(survey: Survey, score: int, comment: str = "") -> None:
    """Keep the contact's score (1 to 5) and words; answering again replaces the answer. Raises ValueError."""
    if not 1 <= score <= 5:
        raise ValueError("a score is from 1 to 5")
    Survey.objects.filter(pk=survey.pk).update(
        score=score, comment=comment.strip()[:LONGEST], answered_at=clock.now()
    )
    conversation = survey.conversation
    emit(
        "survey.answered",
        actor=f"contact:{conversation.contact_id}",
        contact=conversation.contact_id,
        conversation=conversation.pk,
        survey=survey.pk,
        score=score,
    )
