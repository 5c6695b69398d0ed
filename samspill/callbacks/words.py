"""Callbacks in words for agents: why this time, what is in the way, and how somebody is called."""

from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def reason(one: dict[str, Any]) -> str:
    """A reason of a plan, no more than what the model said; '' for a code that is not known here."""
    numbers, speaks_for = one.get("numbers", {}), one["effect"] > 0
    if one["code"] in {"habit_weekday", "habit_time"}:
        return _counted(one["code"], numbers)
    if one["code"] == "habit_level":
        return _level(numbers, speaks_for)
    pair = _pairs().get(one["code"])
    return pair[0 if speaks_for else 1] if pair else ""


def refusal(code: str) -> str:
    """Why nothing was done, in words."""
    return {
        "off": _("Callbacks are switched off in the settings."),
        "never_call": _("This customer does not want to be called."),
        "no_consent": _("This customer has not agreed to be called."),
        "ended": _("This is over already. Nothing was changed."),
        "taken": _("Somebody else has this person now. Nothing was changed."),
        "calling": _("First say how the running call has ended."),
        "past": _("This time has passed. Nothing was changed."),
        "closed": _("Nobody is there at that time."),
        "forgotten": _("The number has been forgotten, so nobody can be called."),
        "nobody": _("Nobody else is due now."),
    }.get(code, _("That did not work. Please try again."))


def bad_number(code: str) -> str:
    """What is wrong with a number."""
    return {
        "missing": _("Please write the number."),
        "no_number": _("This is not a telephone number."),
        "not_in_use": _("There is no such number. Please check the digits and the country code."),
        "costs": _("This number costs extra to call and is not used."),
    }[code]


def doubt(code: str) -> str:
    """Why the model was not asked."""
    return {
        "no_plan": _("There was no fresh plan, so the order of arrival counted."),
        "missing": _("Nothing has been learned yet, or the model is switched off."),
        "old": _("What was learned is too old."),
        "unsure": _("The forecasts were worse than guessing."),
        "failing": _("The model failed."),
        "slow": _("The model took too long."),
        "model": _("The model was in doubt."),
    }.get(code, "")


def mode(code: str) -> str:
    """How somebody is called, and why so."""
    return {
        "planned": _("Called when waiting any longer would lose most."),
        "first_come": _("The customer chose to be called in order of arrival."),
        "control": _("Drawn by lot: called in order of arrival, so that the effect of planning stays measurable."),
    }[code]  # fmt: skip


def _counted(code: str, numbers: dict[str, int]) -> str:
    told = {
        "answered": numbers["answered"], "tried": numbers["tried"],
        "start": _clock(numbers["from"]), "end": _clock(numbers["until"]),
        "day": capfirst(str(WEEKDAYS[numbers["weekday"]])),
    }  # fmt: skip
    if code == "habit_time":
        return _("Answered %(answered)s of %(tried)s times between %(start)s and %(end)s") % told
    return _("%(day)s: answered %(answered)s of %(tried)s times between %(start)s and %(end)s") % told


def _level(numbers: dict[str, int], speaks_for: bool) -> str:
    habit = _("Their habits speak for this time") if speaks_for else _("Their habits speak against this time")
    if not numbers.get("tried"):
        return habit
    whole = ngettext(
        "answered %(answered)s of %(n)s call so far", "answered %(answered)s of %(n)s calls so far", numbers["tried"]
    )  # fmt: skip
    return f"{habit} ({whole % {'answered': numbers['answered'], 'n': numbers['tried']}})"


def _pairs() -> dict[str, tuple[str, str]]:
    """Words for what speaks for a time, and for what speaks against it."""
    return {
        "people_like_them": (
            _("People with similar habits answer more often at this time"),
            _("People with similar habits answer less often at this time"),
        ),
        "public_holiday": (
            _("The public holidays there speak for this time"),
            _("The public holidays there speak against this time"),
        ),
        "school_holiday": (
            _("The school holidays there speak for this time"),
            _("The school holidays there speak against this time"),
        ),
        "wanted_time": (
            _("The customer's own wish speaks for this time"),
            _("The customer's own wish speaks against this time"),
        ),
        "just_asked": (
            _("The time since they asked speaks for this moment"),
            _("The time since they asked speaks against this moment"),
        ),
        "own_activity": (
            _("The hours at which they wrote or visited speak for this time"),
            _("The hours at which they wrote or visited speak against this time"),
        ),
        "other_models": (
            _("Other models speak for this time"),
            _("Other models speak against this time"),
        ),
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
