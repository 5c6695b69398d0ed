from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspill.console import listing
from samspill.console.access import requires
from samspill.console.cookies import admit
from samspill.console.listing import Choice
from samspill.console.sounding import MOODS
from samspill.console.views import VIEWS, counts
from samspill.conversations.models import Conversation
from samspill.kit import languages
from samspill.training.models import Intent
from samspill.workspace.models import Agent, Team

MOST_ROWS = 50


@requires("agent")
def inbox(request: HttpRequest) -> HttpResponse:
    """The list of conversations; for HTMX only the list."""
    context = beside_the_list(request)
    template = "console/inbox/list.html" if _wants_list(request) else "console/inbox/inbox.html"
    return admit(render(request, template, context), request.user)


@requires("agent")
def more(request: HttpRequest) -> HttpResponse:
    """The next page of rows."""
    choice = Choice.of(request.GET)
    rows, mark = listing.page(choice, request.user)
    context = {"rows": rows, "mark": mark, "choice": choice}
    return render(request, "console/inbox/rows.html", context)


@requires("agent")
def changed(request: HttpRequest) -> HttpResponse:
    """Those of some conversations that belong to the view, as rows, and all counts."""
    choice = Choice.of(request.GET)
    wanted = [int(part) for part in request.GET.get("only", "").split(",") if part.isdigit()][:MOST_ROWS]
    rows = listing.dressed(listing.chosen(choice, request.user).filter(pk__in=wanted))
    context = {"rows": rows, "choice": choice, "counts": counts(request.user)}
    return render(request, "console/inbox/changed.html", context)


def beside_the_list(request: HttpRequest) -> dict[str, object]:
    """What the list column needs, whatever stands next to it."""
    choice = Choice.of(request.GET)
    if "view" not in request.GET:
        choice = Choice(view=_first_view(request.user))
    rows, mark = listing.page(choice, request.user)
    numbers = counts(request.user)
    return {
        "choice": choice,
        "view": VIEWS[choice.view],
        "views": [(name, view, numbers.get(name, "")) for name, view in VIEWS.items()],
        "rows": rows,
        "mark": mark,
        "teams": Team.objects.all(),
        "agents": Agent.objects.filter(is_active=True),
        "languages": languages.NAMES.items(),
        "moods": MOODS.items(),
        "intents": Intent.objects.filter(state=Intent.State.ACCEPTED).order_by("title"),
    }


def _first_view(agent: Agent) -> str:
    mine = VIEWS["mine"].narrow(Conversation.objects.all(), agent).exists()
    return "mine" if mine else "everyone"


def _wants_list(request: HttpRequest) -> bool:
    return bool(request.htmx and request.htmx.target == "list")
