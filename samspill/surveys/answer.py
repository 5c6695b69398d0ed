from django.db import transaction

from samspill.kit import clock
from samspill.kit.events import emit
from samspill.surveys.models import Survey


@transaction.atomic
def answer(survey: Survey, score: int, comment: str = "") -> None:
    """Keep the contact's score; answering again corrects it."""
    Survey.objects.filter(pk=survey.pk).update(score=score, comment=comment, answered_at=clock.now())
    conversation = survey.conversation
    emit(
        "survey.answered",
        actor=f"contact:{conversation.contact_id}",
        contact=conversation.contact_id,
        conversation=conversation.pk,
        survey=survey.pk,
        score=score,
    )
