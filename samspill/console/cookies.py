"""What the browser remembers of an agent: language, theme and the pass to the live stream."""

from django.conf import settings
from django.http import HttpResponse

from samspill.kit import passes
from samspill.workspace.models import Agent

YEAR_S = 60 * 60 * 24 * 365
LIVE_PATH = "/live/desk"


def remember(response: HttpResponse, agent: Agent) -> HttpResponse:
    """Have pages before the next sign-in speak the agent's language in the agent's colours."""
    _set(response, settings.LANGUAGE_COOKIE_NAME, agent.language)
    _set(response, "theme", agent.theme)
    return admit(response, agent)


def admit(response: HttpResponse, agent: Agent) -> HttpResponse:
    """Give the browser a fresh pass to the live stream."""
    text = passes.issue("desk", agent=agent.pk)
    response.set_cookie("live", text, path=LIVE_PATH, httponly=True, samesite="Strict", secure=settings.HTTPS)
    return response


def _set(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR_S, samesite="Lax", secure=settings.HTTPS)
