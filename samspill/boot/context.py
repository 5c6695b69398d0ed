from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, cached_property

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
    }


class Alarm:
    """The drift alarm, looked for only where a page shows it."""

    @cached_property
    def run(self) -> Evaluation | None:
        """The run that rang it and that nobody has read."""
        return ringing()
