from samspill.kit.jobs import job
from samspill.training.read import read


@job(lock="histories")
def read_history(event: int, conversation: int | None, history: int) -> None:
    """Turn an export into sentences; a job that was cut off goes on where it stopped."""
    read(history)
