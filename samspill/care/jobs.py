from samspill.care.models import Review
from samspill.care.review import begin_when_due, carry_out
from samspill.kit.jobs import every, job


@job(lock="care")
def review(event: int, conversation: int | None, review: int) -> None:
    """Look at every record."""
    carry_out(Review.objects.get(pk=review))


@every("40 3 * * *")
def review_when_due(timestamp: int) -> None:
    """Begin the planned review of the records."""
    begin_when_due()
