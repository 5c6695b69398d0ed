"""Changing how callbacks are made: by the company, and by each caller."""

from datetime import date
from itertools import pairwise
from typing import Any

from django.db import transaction

from samspill.callbacks.dialling import fine
from samspill.callbacks.models import CallbackSettings, Caller
from samspill.callbacks.reach.rules import spans_of
from samspill.callbacks.school import Spans
from samspill.kit.events import emit
from samspill.workspace.models import Agent

OWN = ("is_on", "uses_model", "dial", "control", "promise_hours", "calls_per_hour", "attempts", "rest_hours",
       "per_day", "days", "legal", "school", "link", "number_months", "call_months")  # fmt: skip


class CannotConfigure(ValueError):
    """`field` cannot be like that."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@transaction.atomic
def configure(*, by: Agent, **facts: Any) -> CallbackSettings:
    """How callbacks are planned, promised and forgotten from now on; everything open is planned anew.

    Raises CannotConfigure with the first field that is not like its kind.
    """
    for name in facts:
        if name not in OWN:
            raise CannotConfigure(name)
    _check(facts)
    changed, _made = CallbackSettings.objects.update_or_create(pk=1, defaults=facts)
    emit("callbacks.configured", actor=by.actor, fields=sorted(facts))
    return changed


@transaction.atomic
def set_caller(agent: Agent, *, languages: list[str], hours: dict[str, Spans], by: Agent) -> Caller:
    """In which languages and when an agent makes callbacks; empty: every language, the company's hours."""
    caller, _made = Caller.objects.update_or_create(
        agent=agent, defaults={"languages": sorted(languages), "hours": hours if any(hours.values()) else {}}
    )
    emit("caller.changed", actor=by.actor, agent=agent.pk)
    return caller


@transaction.atomic
def go_on_duty(agent: Agent, *, on: bool, by: Agent) -> Caller:
    """An agent makes callbacks now, or does not."""
    caller, made = Caller.objects.get_or_create(agent=agent, defaults={"on_duty": on})
    if made or Caller.objects.filter(pk=caller.pk).exclude(on_duty=on).update(on_duty=on):
        emit("caller.on_duty" if on else "caller.off_duty", actor=by.actor, agent=agent.pk)
    caller.on_duty = on
    return caller


def with_school(spans: Spans, region: str, held: dict[str, Spans]) -> dict[str, Spans]:
    """The school holidays with those of one region replaced; none: the region goes."""
    others = {name: found for name, found in held.items() if name != region}
    return {**others, region: sorted(spans)} if spans else others


def _check(facts: dict[str, Any]) -> None:
    ranges = {"dial": (0, 1), "control": (0, 0.5), "promise_hours": (0, 200), "calls_per_hour": (1, 60),
              "attempts": (1, 20), "rest_hours": (0.25, 72), "per_day": (1, 10), "days": (1, 60),
              "number_months": (1, 120), "call_months": (1, 120)}  # fmt: skip
    for name, (low, high) in ranges.items():
        if name in facts and not low <= facts[name] <= high:
            raise CannotConfigure(name)
    if "link" in facts and not fine(facts["link"]):
        raise CannotConfigure("link")
    for name, check in (("legal", _is_week), ("school", _are_spans)):
        if not all(check(one) for one in facts.get(name, {}).values()):
            raise CannotConfigure(name)


def _is_week(one: dict[str, Any]) -> bool:
    week = one.get("week", [])
    return len(week) == 7 and all(is_day(day) for day in week)


def is_day(day: Any) -> bool:
    """Whether these are spans within one day, one after the other with a break between."""
    hours = [hour for span in spans_of(day) for hour in span]
    return all(0 <= hour <= 24 for hour in hours) and all(a < b for a, b in pairwise(hours))


def _are_spans(spans: Spans) -> bool:
    return all(date.fromisoformat(first) <= date.fromisoformat(last) for first, last in spans)
