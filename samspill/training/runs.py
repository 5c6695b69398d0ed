"""A run over the golden set: begun by a person or the clock, done by a job, kept with what it found."""

from contextlib import suppress
from typing import Any

from django.db import IntegrityError, transaction

from samspill.kit import clock
from samspill.kit.events import emit
from samspill.training import golden
from samspill.training.drift import Traffic, compare
from samspill.training.evaluate import Figures, Hears, measure, worse
from samspill.training.measure import Reads
from samspill.training.models import Evaluation, EvaluationPlan, LearnedModel
from samspill.workspace.models import Agent

State, Trigger = Evaluation.State, Evaluation.Trigger
LOST_AFTER_MINUTES = 30
PAUSE_MINUTES = 15  # corrections come one after the other, and each may train a model


class AlreadyRunning(Exception):
    """One run at a time; the one that is under way will tell."""


def begin(trigger: str, *, by: Agent | None = None) -> Evaluation:
    """Ask for a run; a job does it. Raises AlreadyRunning."""
    _give_up_lost()
    live = LearnedModel.objects.filter(state=LearnedModel.State.LIVE).first()
    try:
        with transaction.atomic():
            run = Evaluation.objects.create(
                trigger=trigger, state=State.RUNNING, model=live, by=by, total=golden.current().count()
            )
            emit("evaluation.begun", actor=by.actor if by else "system", evaluation=run.pk)
    except IntegrityError:
        raise AlreadyRunning from None
    return run


def begin_after_training() -> None:
    """Ask for a run of the model that has just gone live, unless one was made a moment ago."""
    lately = Evaluation.objects.filter(trigger=Trigger.TRAINING, at__gt=clock.ago(minutes=PAUSE_MINUTES))
    if not lately.exists():
        with suppress(AlreadyRunning):
            begin(Trigger.TRAINING)


def carry_out(run: Evaluation, model: Reads, hears: Hears, week: Traffic, before: Traffic) -> None:
    """Measure, compare with the run before, keep it all. Raises ModelUnavailable; doing it again is harmless."""
    if run.state != State.RUNNING:
        return
    figures = measure(model, hears, lambda done: _progress(run, done))
    _keep(run, figures, compare(week, before))


@transaction.atomic
def fail(run: Evaluation) -> None:
    """The run came to nothing, as when the text models were away for long."""
    if Evaluation.objects.filter(pk=run.pk, state=State.RUNNING).update(state=State.FAILED):
        emit("evaluation.failed", actor="system", evaluation=run.pk)


@transaction.atomic
def read_alarm(run: Evaluation, *, by: Agent) -> None:
    """Somebody has read the alarm; it bothers nobody any more."""
    if Evaluation.objects.filter(pk=run.pk, seen_at=None).update(seen_at=clock.now()):
        emit("evaluation.alarm_read", actor=by.actor, evaluation=run.pk)


@transaction.atomic
def plan(every: str, *, by: Agent) -> None:
    """Runs come by themselves so often from now on."""
    EvaluationPlan.objects.update_or_create(pk=1, defaults={"every": every})
    emit("evaluation.planned", actor=by.actor, every=every)


def done() -> Any:
    """Whole runs, the newest first."""
    return Evaluation.objects.filter(state=State.DONE).order_by("-pk")


def latest() -> Evaluation | None:
    """The newest whole run."""
    return done().first()


def _give_up_lost() -> None:
    lost = Evaluation.objects.filter(state=State.RUNNING, at__lt=clock.ago(minutes=LOST_AFTER_MINUTES))
    for run in lost:
        fail(run)


def _progress(run: Evaluation, count: int) -> None:
    Evaluation.objects.filter(pk=run.pk, state=State.RUNNING).update(done=count)


@transaction.atomic
def _keep(run: Evaluation, figures: Figures, traffic: dict[str, Any]) -> None:
    last = latest()
    got_worse = worse(last.figures, figures, last.at) if last else []
    facts = {"figures": figures, "traffic": traffic, "worse": got_worse, "alarm": bool(traffic["alarms"])}
    kept = Evaluation.objects.filter(pk=run.pk, state=State.RUNNING).update(state=State.DONE, **facts)
    if not kept:
        return  # another worker was quicker
    told = {"evaluation": run.pk, "worse": len(got_worse), "alarm": facts["alarm"]}
    emit("evaluation.done", actor="system", **told)
    if facts["alarm"]:
        emit("evaluation.alarmed", actor="system", evaluation=run.pk)
