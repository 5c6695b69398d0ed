from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, cached_property

from samspill.callbacks.queue import due_now
from samspill.kit import languages
from samspill.training.alarm import ringing
from samspill.training.models import Evaluation
from samspill.workspace.current import workspace as current


def workspace(request: HttpRequest) -> dict[str, object]:
    """What every template may show: the company, read only if used, and the languages to choose from."""
    return {
        "workspace": SimpleLazyObject(current),
        "all_languages": languages.CHOICES,
        "drift_alarm": Alarm(),
        "callbacks_due": Due(),
    }


class Due:
    """Callbacks whose time has come, counted only where a page shows it."""

    @cached_property
    def many(self) -> str:
        """How many wait; "" for none."""
        return due_now()


class Alarm:
    """The drift alarm, looked for only where a page shows it."""

    @cached_property
    def run(self) -> Evaluation | None:
        """The run that rang it and that nobody has read."""
        return ringing()
