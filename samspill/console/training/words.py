"""What went wrong and why, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def problem(code: str) -> str:
    """Why a file cannot be taken in."""
    name, _sep, about = code.partition(":")
    return {
        "empty": _("There is nothing in this file."),
        "too_big": _("The file is larger than %(n)s MB. Please cut it into parts.") % {"n": about},
        "not_text": _("This is not a text file. From a table program, save it as CSV."),
        "not_json": _("This file begins like JSON but cannot be read as JSON."),
        "no_talks": _("No conversations were found in this JSON. It should hold a list of them."),
        "no_column": _("There is no column “%(name)s” in this table.") % {"name": about},
    }.get(name, _("This file cannot be read."))


def skipped(counted: dict[str, int]) -> list[str]:
    """What was left out and how often, the most frequent first."""
    order = sorted(counted.items(), key=lambda pair: -pair[1])
    return [_skipped(why, number) for why, number in order if number]


def _skipped(why: str, n: int) -> str:
    words = {
        "duplicate": ngettext("%(n)d was known already", "%(n)d were known already", n),
        "empty": ngettext("%(n)d was empty", "%(n)d were empty", n),
        "too_short": ngettext("%(n)d said too little", "%(n)d said too little", n),
        "no_customer": ngettext("%(n)d was not by a customer", "%(n)d were not by customers", n),
        "reply": ngettext("%(n)d was a reply", "%(n)d were replies", n),
        "automatic": ngettext("%(n)d was automatic mail", "%(n)d were automatic mail", n),
        "too_long": ngettext("%(n)d was too long", "%(n)d were too long", n),
    }
    return words.get(why, ngettext("%(n)d could not be read", "%(n)d could not be read", n)) % {"n": n}


def reason(code: str) -> str:
    """Why a trained model was promoted or not."""
    return {
        "worse": _("Not promoted: it is worse than the model before."),
        "pinned": _("Not promoted: you brought a former model back. Train by hand, or use this one."),
        "not_worse": _("Promoted: no language got worse on the golden set."),
        "no_golden": _("Promoted without a check: the golden set has no sentences for intents yet."),
    }.get(code, "")
