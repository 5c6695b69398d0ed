"""One correction where people meet the mistake: on a message, and on an unanswered question."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from samspill.console.access import requires
from samspill.console.answering import with_toast
from samspill.conversations.models import Message
from samspill.knowledge.models import Gap
from samspill.training import labels
from samspill.training.correct import NotCorrectable, correct
from samspill.training.errors import Measures, NothingToLearn, UnknownIntent
from samspill.training.examples import learn_from_gap


@requires("agent")
def wants(request: HttpRequest, pk: int) -> HttpResponse:
    """What a message was read as, with the choice of what it means; a choice is learned at once."""
    message = get_object_or_404(Message, pk=pk, direction=Message.Direction.IN)
    words = ""
    if request.method == "POST":
        words = _learn(message, request)
        message.refresh_from_db()
        if not request.htmx:
            return redirect("console:conversation", message.conversation_id)
    message.wants = labels.titles().get(message.reading.get("intent", ""), "")
    context = {"item": message, "choices": labels.choices(), "choosing": request.method == "GET"}
    response = render(request, "console/conversation/wants_choice.html", context)
    return with_toast(response, words) if words else response


def _learn(message: Message, request: HttpRequest) -> str:
    try:
        correct(message, "intent", request.POST.get("label", ""), request.user)
    except UnknownIntent:
        return _("Please choose an intent.")
    except Measures:
        return _("This sentence is golden: it measures and is not learned from. Change it in the golden set.")
    except (NothingToLearn, NotCorrectable):
        return _("There is nothing to learn from this message.")
    return _("Thank you. The assistant learns from it.")


@requires("lead")
def gap_about(request: HttpRequest, pk: int) -> HttpResponse:
    """Unanswered questions were about an intent."""
    gap = get_object_or_404(Gap, pk=pk)
    words = ""
    if request.method == "POST":
        try:
            number = learn_from_gap(gap, request.POST.get("label", ""), request.user)
            words = _("Thank you. Questions to learn from: %(n)d") % {"n": number}
        except UnknownIntent:
            words = _("Please choose an intent.")
        if not request.htmx:
            return redirect("console:unanswered")
    context = {"gap": gap, "choices": labels.choices(), "learned": bool(words)}
    response = render(request, "console/gaps/about.html", context)
    return with_toast(response, words) if words else response
