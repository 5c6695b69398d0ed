from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from samspill.console import customer, ready, recipients, timeline
from samspill.console.access import requires
from samspill.console.cookies import admit
from samspill.console.inbox import beside_the_list
from samspill.console.listing import Choice
from samspill.conversations import presence
from samspill.conversations.models import Conversation, Draft
from samspill.kit import crypto
from samspill.workspace.models import Agent, Team


@requires("agent")
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """One conversation with the customer beside it; for HTMX without the list."""
    shown = find(pk)
    presence.look(shown, request.user)
    context = around(request, shown)
    if request.htmx and request.htmx.target == "detail":
        return render(request, "console/conversation/detail.html", context)
    page = render(request, "console/inbox/inbox.html", beside_the_list(request) | context)
    return admit(page, request.user)


@requires("agent")
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of a conversation: owner, status and what can be done."""
    return render(request, "console/conversation/head.html", heading(request, find(pk)))


@requires("agent")
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said and happened since the items the page has."""
    shown = find(pk)
    items = timeline.since(shown, number(request, "message"), number(request, "event"))
    return render(request, "console/conversation/items.html", {"conversation": shown, "items": items})


@requires("agent")
def earlier(request: HttpRequest, pk: int) -> HttpResponse:
    """One page further back."""
    shown = find(pk)
    items, more = timeline.earlier(shown, number(request, "before") or None)
    context = {"conversation": shown, "items": items, "more": more}
    return render(request, "console/conversation/earlier.html", context)


@requires("agent")
def orders(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer's orders, asked for on their own because another system may be slow to tell."""
    shown = find(pk)
    found, answered = customer.orders(shown.contact)
    others = customer.mentioned(shown, found)
    rows = [(order, customer.order_status(order.status), order in others) for order in [*others, *found]]
    return render(request, "console/conversation/orders.html", {"rows": rows, "answered": answered})


def find(pk: int) -> Conversation:
    """The conversation with all its page shows of it, or 404."""
    rows = Conversation.objects.select_related(
        "contact__organisation", "contact__responsible", "assignee", "team", "inbox"
    )
    return get_object_or_404(rows, pk=pk)


def heading(request: HttpRequest, shown: Conversation) -> dict[str, object]:
    """What the head of a conversation needs."""
    return {
        "conversation": shown,
        "choice": Choice.of(request.GET),
        "agents": Agent.objects.filter(is_active=True),
        "teams": Team.objects.all(),
        "others": presence.others(shown, request.user),
    }


def around(request: HttpRequest, shown: Conversation) -> dict[str, object]:
    """What the page of a conversation needs."""
    items, more = timeline.earlier(shown)
    draft = Draft.objects.filter(conversation=shown, agent=request.user).first()
    waiting = ready.about(shown, request.user)
    return {
        **heading(request, shown),
        **customer.beside(shown),
        **waiting,
        "readers": recipients.of(shown),
        "items": items,
        "more": more,
        "seen": max((item.pk for item in items if hasattr(item, "direction")), default=0),
        "handover": shown.handovers.order_by("-pk").first(),
        "draft": waiting.get("offered", "") if "edit" in request.GET else draft.text if draft else "",
        "external_id": crypto.token(12),
    }


def number(request: HttpRequest, name: str) -> int:
    """A whole number from the address, 0 where there is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isdigit() and len(text) < 18 else 0
