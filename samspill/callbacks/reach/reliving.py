"""Learns from the past: yesterday's facts in the order in which they happened, as if one had been there."""

from __future__ import annotations

from collections.abc import Iterable

from .clock import DAY
from .facts import Attempt, Request, Trace
from .shift import Shift

LEARN_DAYS, MIDWAY_DAYS, FIRST_DAYS = 45, 25, 7


def relive(
    shift: Shift, requests: Iterable[Request], traces: Iterable[Trace], attempts: Iterable[Attempt]
) -> None:
    """Everything known before today; the last weeks are forecast before they are heard, to weigh the evidence by
    them."""
    know = shift.knowledge
    if know is None:
        return
    asked = {r.id: r for r in requests}
    facts: list[Trace | Attempt] = [Trace(r.created, r.person, f"asked:{r.channel}") for r in asked.values()]
    facts = sorted([*facts, *traces, *attempts], key=lambda f: (f.at, isinstance(f, Attempt)))
    if not facts:
        return
    last, first = facts[-1].at, facts[0].at + FIRST_DAYS * DAY
    stops = [at for at in (last - LEARN_DAYS * DAY, last - MIDWAY_DAYS * DAY) if at > first]
    for fact in facts:
        if stops and fact.at >= stops[0]:
            know.refit(stops.pop(0))
            know.weigh()
        if isinstance(fact, Trace):
            know.notice(fact)
        elif fact.request in asked:
            row = know.row(asked[fact.request], fact.at) if know.types is not None else None
            know.hear(fact, row)
            if shift.board:
                shift.board.hear(fact)
    know.refit(last)
    know.weigh()
    know.families.fresh = 0
