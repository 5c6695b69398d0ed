"""Trained models: the live one, former ones to go back to, and those that were not good enough."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.console.access import requires
from samspill.console.training.around import show
from samspill.console.training.words import reason
from samspill.training import overview
from samspill.training.errors import Tampered
from samspill.training.models import Golden, LearnedModel
from samspill.training.promote import promote


@require_safe
@requires("lead")
def models(request: HttpRequest) -> HttpResponse:
    """Every model that is kept, with its figures."""
    found = overview.models()
    wanted = {pk for one in found for part in one.worse for pk in part["golden"][:3]}
    golden = Golden.objects.in_bulk(wanted) if wanted else {}
    return show(request, "models", {"rows": [_row(one, golden) for one in found]})


def _row(one: LearnedModel, golden: dict[int, Golden]) -> dict[str, object]:
    spoken = one.figures.get("lang", {})
    return {
        "model": one,
        "reason": reason(one.reason),
        "languages": [(code, round(part["accuracy"] * 100), part["n"]) for code, part in spoken.items()],
        "worse": [
            {
                "language": part["language"],
                "before": round(part["before"] * 100),
                "after": round(part["after"] * 100),
                "examples": [golden[pk] for pk in part["golden"][:3] if pk in golden],
            }
            for part in one.worse
        ],
    }


@require_POST
@requires("lead")
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a former model or a candidate the live one."""
    chosen = get_object_or_404(LearnedModel, pk=pk)
    try:
        promote(chosen, request.user)
    except Tampered:
        messages.error(request, _("This model was changed after it was trained. It cannot be used."))
    else:
        messages.success(request, _("In use from the next message on."))
    return redirect("console:training_models")
