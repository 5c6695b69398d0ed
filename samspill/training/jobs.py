from samspill.kit.jobs import every, job
from samspill.training.alarm import mail_alarm as write
from samspill.training.golden import forget_removed
from samspill.training.models import Evaluation, Example


@job()
def mail_alarm(event: int, conversation: int | None, evaluation: int) -> None:
    """Tell admins by mail that the traffic differs."""
    write(Evaluation.objects.get(pk=evaluation))


@every("37 3 * * *")
def tidy_golden(timestamp: int) -> None:
    """Forget what was taken out of the golden set a week ago."""
    forget_removed()


@job()
def forget_vectors(event: int, conversation: int | None, encoder: str) -> None:
    """Another encoder was set: examples get their vectors from it when they are next learned from."""
    Example.objects.exclude(vector=None).update(vector=None)
