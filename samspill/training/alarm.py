"""The drift alarm in words, and by mail."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.kit import clock, languages
from samspill.kit.events import emit
from samspill.training.models import Evaluation, EvaluationPlan
from samspill.training.runs import latest
from samspill.workspace.current import workspace
from samspill.workspace.models import Agent


def ringing() -> Evaluation | None:
    """The newest run, if it rang an alarm that nobody has read yet."""
    run = latest()
    return run if run and run.alarm and run.seen_at is None else None


def told(traffic: Mapping[str, Any]) -> list[str]:
    """What differs, and what to do about it, one sentence or two each."""
    return [_words(name, traffic) for name in traffic.get("alarms", ())]


def mail_alarm(run: Evaluation) -> int:
    """Write to every admin about the alarm, at most once a day; returns to how many."""
    if not run.alarm or not _mail_goes_out() or not _first_today(clock.now().date()):
        return 0
    admins = list(Agent.objects.filter(role=Agent.Role.ADMIN, is_active=True))
    for admin in admins:
        with translation.override(languages.django_code(admin.language)):
            _send(admin, run)
    emit("evaluation.alarm_mailed", actor="system", evaluation=run.pk, admins=len(admins))
    return len(admins)


def _words(name: str, traffic: Mapping[str, Any]) -> str:
    if name == "unknown":
        then, now = (f"{100 * traffic[part]['unknown']:.0f}" for part in ("before", "week"))
        words = _(
            "The assistant could not answer %(now)s of 100 messages, before it was %(then)s."
            " Look at the unanswered questions: something new may be on customers' minds."
        )
        return words % {"now": now, "then": then}
    if name == "language":
        words = _(
            "Customers write in other languages than before; now most often: %(languages)s."
            " Add golden sentences and articles in the languages that have grown."
        )
        usual = [languages.NAMES.get(code, code) for code in traffic["week"]["languages"]]
        return words % {"languages": ", ".join(usual[:4])}
    return _(
        "The assistant is as a rule more or less sure than before."
        " Customers may ask about other things: read some of this week's conversations."
    )


def _mail_goes_out() -> bool:
    return "filebased" not in settings.EMAIL_BACKEND


@transaction.atomic
def _first_today(today: date) -> bool:
    EvaluationPlan.objects.get_or_create(pk=1)
    due = Q(mailed_on=None) | Q(mailed_on__lt=today)
    return bool(EvaluationPlan.objects.filter(due, pk=1).update(mailed_on=today))


def _send(admin: Agent, run: Evaluation) -> None:
    company = workspace()
    text = _("Hello %(name)s,\n\nlast week's messages differ from those of the weeks before:\n\n%(what)s\n\n"
             "The report: %(url)s\n")  # fmt: skip
    what = "\n".join(f"• {words}" for words in told(run.traffic))
    facts = {"name": admin.name, "what": what, "url": f"{settings.URL}/desk/understanding/"}
    subject = _("%(company)s: customers write differently than before") % {"company": company.name}
    send_mail(subject, text % facts, company.email or None, [admin.email])
