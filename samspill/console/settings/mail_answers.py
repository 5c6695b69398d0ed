"""What the assistant may answer by mail without a person."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.assistant.mails import approve as approving
from samspill.console.access import requires

CHOICES = (50, 60, 70, 80, 85, 90, 95, 99)


@requires("admin")
def mail_answers(request: HttpRequest) -> HttpResponse:
    """Every intent, how its prepared replies fared, and whether they may go out by themselves."""
    rows = approving.records()
    shown = [(row, row.share(row.unchanged), row.share(row.edited), row.share(row.dismissed)) for row in rows]
    context = {
        "rows": [(row, *shares, _percent(row.confidence)) for row, *shares in shown],
        "ready": [row for row in rows if row.ready],
        "on": [row for row in rows if row.approval],
        "choices": CHOICES,
        "usual": round(100 * approving.LEAST),
        "days": approving.DAYS,
    }
    return render(request, "console/settings/mail_answers.html", context)


@require_POST
@requires("admin")
def change(request: HttpRequest) -> HttpResponse:
    """Let the assistant answer an intent by itself from now on, or have a person look again."""
    intent, least = request.POST.get("intent", "")[:60], request.POST.get("least", "")
    title = dict(approving.offered()).get(intent, "")
    if "off" in request.POST:
        approving.withdraw(intent, request.user)
        messages.success(request, _("“%(title)s” waits for a person again.") % {"title": title})
        return redirect("console:settings_assistant_mail")
    try:
        approving.approve(intent, int(least) / 100 if least.isdigit() else approving.LEAST, request.user)
    except approving.UnknownLabel as error:
        raise Http404 from error
    messages.success(request, _("“%(title)s” is answered without a person from now on.") % {"title": title})
    return redirect("console:settings_assistant_mail")


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)
