from samspill.kit.jobs import every, job
from samspill.training.alarm import mail_alarm as write
from samspill.training.golden import forget_removed
from samspill.training.models import Evaluation, Example
from samspill.training.read import read
from samspill.training.runs import begin_after_training


@job()
def mail_alarm(event: int, conversation: int | None, evaluation: int) -> None:
    """Tell admins by mail that the traffic differs."""
    write(Evaluation.objects.get(pk=evaluation))


@job()
def evaluate_after_training(event: int, conversation: int | None, **facts: object) -> None:
    """A model went live: see how it reads the golden set."""
    begin_after_training()


@every("37 3 * * *")
def tidy_golden(timestamp: int) -> None:
    """Forget what was taken out of the golden set a week ago."""
    forget_removed()


@job()
def forget_vectors(event: int, conversation: int | None, encoder: str) -> None:
    """Another encoder was set: examples get their vectors from it when they are next learned from."""
    Example.objects.exclude(vector=None).update(vector=None)


@job(lock="histories")
def read_history(event: int, conversation: int | None, history: int) -> None:
    """Turn an export into sentences; a job that was cut off goes on where it stopped."""
    read(history)
