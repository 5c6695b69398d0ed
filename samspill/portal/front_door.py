from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.callbacks.models import CallbackSettings
from samspill.kit import clock, languages
from samspill.portal import shelf
from samspill.portal.page import around, chat
from samspill.workspace.current import workspace
from samspill.workspace.models import Workspace

YEAR_S = 60 * 60 * 24 * 365
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@login_not_required
@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Where customers arrive: search, chat, phone and mail, and a small door for agents."""
    chosen = request.GET.get("language", "")
    if chosen in languages.FULL:
        return _remember(chosen)
    language = languages.spoken(languages.from_django(translation.get_language() or "en"))
    request.chat, request.callbacks = chat(), CallbackSettings.current().is_on
    context = {
        "popular": shelf.popular(shelf.titles(language)),
        "open_words": open_words(workspace(), clock.now()),
        "demo": bool(request.chat and request.chat.settings.get("sample")),
    }
    response = render(request, "portal/front.html", context | around(request, language, []))
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def _remember(language: str) -> HttpResponse:
    response = redirect("front:front_door")
    code = languages.django_code(language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR_S, samesite="Lax", secure=settings.HTTPS
    )
    return response


def open_words(company: Workspace, now: datetime) -> str:
    """Whether somebody answers the phone now, and today's hours."""
    here = now.astimezone(ZoneInfo(company.time_zone))
    spans = [] if here.date().isoformat() in company.holidays else company.hours.get(DAYS[here.weekday()], [])
    hours = ", ".join("–".join(span) for span in spans)
    if any(start <= f"{here:%H:%M}" < end for start, end in spans):
        return _("Open now, today %(hours)s") % {"hours": hours}
    return _("Closed now, today %(hours)s") % {"hours": hours} if hours else _("Closed today")
