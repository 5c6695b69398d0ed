"""All callbacks: who is due, who comes later, who holds whom, and how the others ended."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samspill.callbacks.models import Callback
from samspill.callbacks.number import checked
from samspill.console.access import requires
from samspill.contacts.recognise import address_hash
from samspill.kit import clock
from samspill.workspace.current import workspace
from samspill.workspace.models import Team

ROWS = 40
SHOWN: dict[str, str | Promise] = {
    "due": _("Due now"), "later": _("Later"), "fixed": _("Appointments"), "held": _("Being called"),
    "ended": _("Ended"),
}  # fmt: skip


@require_safe
@requires("agent")
def listed(request: HttpRequest) -> HttpResponse:
    """One of the lists; for HTMX its rows only."""
    choice = {name: request.GET.get(name, "").replace("\0", "") for name in ("show", "team", "mode", "q")}
    choice["show"] = choice["show"] if choice["show"] in SHOWN else "due"
    rows = _found(choice)
    page = Paginator(narrowed(rows, choice["show"]), ROWS).get_page(request.GET.get("page"))
    context = {
        **choice,
        "page": page,
        "tabs": [(code, name, narrowed(rows, code).count()) for code, name in SHOWN.items() if code != "ended"],
        "teams": Team.objects.all(),
        "modes": Callback.Mode.choices,
    }  # fmt: skip
    part = request.htmx and request.htmx.target == "callbacks"
    return render(request, "console/callbacks/rows.html" if part else "console/callbacks/list.html", context)


def narrowed(rows: QuerySet[Callback], show: str) -> QuerySet[Callback]:
    """Those of one list, in the order in which they are called."""
    now, waiting = clock.now(), rows.filter(state="open", taken_by=None)
    return {
        "due": waiting.filter(next_at__lte=now).order_by("place", "created_at"),
        "later": waiting.filter(next_at__gt=now, fixed_at=None).order_by("next_at"),
        "fixed": waiting.filter(next_at__gt=now, fixed_at__isnull=False).order_by("next_at"),
        "held": rows.filter(state="open", taken_by__isnull=False).order_by("taken_at"),
        "ended": rows.exclude(state="open").order_by("-ended_at"),
    }[show]


def _found(choice: dict[str, str]) -> QuerySet[Callback]:
    rows = Callback.objects.select_related("contact__organisation", "taken_by", "team")
    if choice["team"].isascii() and choice["team"].isdigit() and len(choice["team"]) < 12:
        rows = rows.filter(team=int(choice["team"]))
    if choice["mode"] in Callback.Mode.values:
        rows = rows.filter(mode=choice["mode"])
    return rows.filter(_fits(choice["q"].strip()[:160])) if choice["q"].strip() else rows


def _fits(text: str) -> Any:
    """By name or topic as typed, by a number only whole."""
    named = Q(contact__name__icontains=text) | Q(topic__icontains=text)
    try:
        number = checked(text, workspace().country)
    except ValueError:
        return named
    return named | Q(identity__value_hash=address_hash("phone", number))
