import logging

from samspill.callbacks.counting import count_weeks
from samspill.callbacks.letting_go import abandoned
from samspill.callbacks.planner import Planner
from samspill.callbacks.upkeep import expire, release
from samspill.kit.jobs import every, job

log = logging.getLogger(__name__)
_planner = Planner()


@job(queue="callbacks")
def replan(event: int, conversation: int | None, **facts: object) -> None:
    """Something has happened to a callback: plan anew."""
    _plan()


@every("* * * * *", queue="callbacks")
def each_minute(timestamp: int) -> None:
    """Let go what was held too long, end what is over, and plan: who is due depends on the time."""
    release()
    abandoned()
    expire()
    _plan()


@every("7,22,37,52 * * * *")
def count(timestamp: int) -> None:
    """Callbacks that have ended come into the figures that are kept."""
    count_weeks()


def _plan() -> None:
    """Whatever fails here, the queue serves in order of arrival; the planner starts afresh the next time."""
    global _planner
    try:
        _planner.run()
    except Exception:
        _planner = Planner()
        log.exception("callbacks could not be planned")
        raise
