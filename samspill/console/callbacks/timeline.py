"""What happened to a callback, as one line of time in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from samspill.callbacks import words
from samspill.callbacks.models import Attempt, Callback
from samspill.kit.models import Event
from samspill.workspace.models import Agent

ICONS = {
    "asked": "phone", "asked_again": "phone", "moved": "calendar", "classic_chosen": "user", "planning_allowed": "user",
    "taken": "hand", "put_back": "undo", "postponed": "clock", "call_dropped": "undo",
    "finish_undone": "undo", "ended": "done",
}  # fmt: skip
KINDS = tuple(f"callback.{what}" for what in ICONS)


@dataclass
class Line:
    """One thing that happened."""

    at: datetime
    icon: str
    words: str
    more: str = ""


def timeline(callback: Callback) -> list[Line]:
    """Everything, the oldest first: events, decisions and calls."""
    rows = Event.objects.filter(contact_id=callback.contact_id, kind__in=KINDS, data__callback=callback.pk)
    names = agents([event.actor for event in rows])
    lines = [
        Line(one.at, ICONS[one.kind[9:]], told(one, names)) for one in rows if one.kind != "callback.taken"
    ]
    if not any(one.kind == "callback.asked" for one in rows):  # brought from elsewhere
        who = {"who": _("The customer")}
        lines.append(Line(callback.created_at, ICONS["asked"], _("%(who)s asked for a callback") % who))
    lines += [_decided(one) for one in callback.decisions.select_related("agent")]
    lines += [_called(one) for one in callback.attempts.select_related("agent")]
    return sorted(lines, key=lambda line: line.at)


def agents(actors: list[str]) -> dict[str, str]:
    """Names of the agents among these actors."""
    found = {int(actor[6:]) for actor in actors if actor.startswith("agent:") and actor[6:].isdigit()}
    return {one.actor: one.name for one in Agent.objects.filter(pk__in=found)} if found else {}


def told(event: Event, names: dict[str, str]) -> str:
    """An event about a callback in one sentence."""
    who = _who(event.actor, names)
    if event.kind == "callback.finished":
        outcomes = {code: str(name) for code, name in Attempt.Outcome.choices}
        facts = {"who": who, "outcome": outcomes.get(event.data.get("outcome", ""), "")}
        return _("%(who)s called: %(outcome)s") % facts
    if event.kind == "callback.ended":
        states = {code: str(name) for code, name in Callback.State.choices}
        return _("The callback has ended: %(state)s") % {"state": states.get(event.data.get("state", ""), "")}
    return {
        "callback.asked": _("%(who)s asked for a callback"),
        "callback.asked_again": _("%(who)s asked for the callback again"),
        "callback.moved": _("%(who)s moved the callback to another time"),
        "callback.classic_chosen": _("%(who)s chose to be called in order of arrival"),
        "callback.planning_allowed": _("%(who)s allowed the best time to be worked out"),
        "callback.put_back": _("%(who)s put the callback back"),
        "callback.postponed": _("%(who)s postponed the callback"),
        "callback.call_dropped": _("%(who)s noted that there was no call after all"),
        "callback.finish_undone": _("%(who)s took the outcome of the call back"),
    }.get(event.kind, "") % {"who": who}


def _who(actor: str, names: dict[str, str]) -> str:
    if actor.startswith("contact:"):
        return _("The customer")
    return names.get(actor) or {"assistant": _("The assistant")}.get(actor, _("Samspill"))


def _decided(one) -> Line:  # type: ignore[no-untyped-def]
    name = one.agent.name if one.agent else "–"
    if one.by_agent:
        said = _("%(name)s took this person by their own choice") % {"name": name}
    else:
        said = _("Proposed to %(name)s") % {"name": name}
    facts = [str(one.get_mode_display()), words.doubt(one.doubt)]
    if one.chance is not None:
        facts.append(_("chance of an answer %(n)s %%") % {"n": round(100 * one.chance)})
    facts.append(_("chosen with probability %(n)s %%") % {"n": round(100 * one.propensity)})
    return Line(one.at, "hand", said, " · ".join(fact for fact in facts if fact))


def _called(one: Attempt) -> Line:
    facts = {"n": one.position, "name": one.agent.name if one.agent else "–"}
    outcome = str(one.get_outcome_display()) if one.outcome else _("no outcome yet")
    return Line(one.began_at, "phone", _("Call %(n)s by %(name)s") % facts, outcome)
