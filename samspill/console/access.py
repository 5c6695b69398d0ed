"""Who may open a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

ROLES = ("agent", "lead", "admin")  # each may do what those before it may
View = Callable[..., HttpResponse]


def requires(role: str) -> Callable[[View], View]:
    """Let agents of `role` and above in, and show them times of their zone; the rest must sign in first."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if ROLES.index(request.user.role) < ROLES.index(role):
                raise PermissionDenied
            with timezone.override(ZoneInfo(request.user.time_zone)):
                return view(request, *arguments, **named)

        guarded.required_role = role
        return guarded

    return guard
