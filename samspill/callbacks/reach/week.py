"""How likely one request answers at any moments, not only at those a plan looks at: for a picture of a week."""

from __future__ import annotations

import numpy as np

from .clock import Floats, Ints, moments
from .facts import Request
from .knowing import Knowledge


def chances(knowledge: Knowledge, request: Request, times: Ints) -> Floats:
    """The chance of an answer at each of `times` (Unix seconds, the first of them now or later), as plans reckon it.

    Raises KeyError for a person nobody has met.
    """
    at = moments(times, knowledge.people[request.person].person.zone)
    told = knowledge.forecast(request, at, times)
    odds = told.odds
    if knowledge.families.fitted:
        odds = knowledge.families.blend(knowledge.widen(request, at, times, told.rows), odds)
    return np.asarray(1 / (1 + np.exp(-knowledge.calibration.tell(odds))))
