from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from samspill.kit import languages
from samspill.workspace.current import workspace as current


def workspace(request: HttpRequest) -> dict[str, object]:
    """What every template may show: the company, read only if used, and the languages to choose from."""
    return {"workspace": SimpleLazyObject(current), "all_languages": languages.CHOICES}
