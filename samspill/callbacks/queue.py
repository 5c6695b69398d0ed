"""Who is called next. The planner numbers the due ones; where it is silent, the classic way serves the same minute."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet

from samspill.callbacks.models import Attempt, Callback, CallbackSettings
from samspill.callbacks.rules import legal_now, rules
from samspill.kit import clock
from samspill.workspace.models import Agent

MOST_COUNTED = 100
PLAN_LASTS = timedelta(minutes=20)


@dataclass(frozen=True)
class Queued:
    """Somebody to call now; `doubt` says why the model was not asked, '' where it was."""

    callback: Callback
    doubt: str = ""


def queue_for(agent: Agent) -> Iterator[Queued]:
    """Those this agent can call now, the most urgent first: appointments, then the plan, else the order of arrival."""
    now, old = clock.now(), clock.now() - PLAN_LASTS
    mine = _for(agent, _free(old))
    fixed = [one for one in mine if one.fixed_at and one.fixed_at <= now]
    yield from (Queued(one) for one in sorted(fixed, key=lambda one: one.fixed_at or now))
    others = [one for one in mine if not one.fixed_at]
    due = [one for one in others if one.planned_at and one.planned_at > old]
    yield from (Queued(one, _doubt(one)) for one in sorted(due, key=lambda one: one.place or 0))
    late = [one for one in others if not (one.planned_at and one.planned_at > old)]
    late.sort(key=lambda one: (one.attempts_made, one.created_at))
    yield from (Queued(one, "no_plan") for one in late if _may_be_called(one))


def due_now() -> str:
    """How many wait for a call at this moment, counted no further than 99+; "" for none."""
    waiting = Callback.objects.filter(state="open", taken_by=None, next_at__lte=clock.now())
    many = waiting.exclude(identity=None).order_by()[:MOST_COUNTED].count()
    return f"{MOST_COUNTED - 1}+" if many >= MOST_COUNTED else str(many or "")


def _free(old: datetime) -> QuerySet[Callback]:
    """In nobody's hands and not planned for later."""
    rows = Callback.objects.filter(state="open", taken_by=None).exclude(identity=None)
    rows = rows.exclude(planned_at__gt=old, place=None, fixed_at=None)
    waiting = rows.select_related("contact", "identity").annotate(last=Max("attempts__began_at"))
    return waiting.exclude(postponed_until__gt=clock.now()).exclude(not_before__gt=clock.now())


def _for(agent: Agent, rows: Iterable[Callback]) -> list[Callback]:
    """Those in a language and of a team of this agent."""
    caller = getattr(agent, "caller", None)
    languages, teams = caller.languages if caller else [], {team.pk for team in agent.teams.all()}
    return [
        one for one in rows
        if (not languages or one.language in languages) and (one.team_id is None or one.team_id in teams)
    ]  # fmt: skip


def _may_be_called(one: Callback) -> bool:
    """By the classic way: rested, legal there, and not too often."""
    last = one.last  # type: ignore[attr-defined]
    rested = last is None or last <= clock.ago(hours=CallbackSettings.current().rest_hours)
    if not rested or not legal_now(one):
        return False
    today = Attempt.objects.filter(callback__identity=one.identity, began_at__gt=clock.ago(days=1)).count()
    return today < rules().per_day


def _doubt(one: Callback) -> str:
    return "" if one.mode != Callback.Mode.PLANNED or one.gain is not None else "model"
