"""What is planned for one open request, in a form that a page can show: when, how likely, why, and what else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .board import Board, Plan, Waiting
from .clock import DAY, HOUR, Floats, Ints
from .explaining import Reason, reasons
from .rules import Bools

APART = HOUR
"""alternatives lie at least so far from each other and from the planned moment"""


@dataclass(frozen=True)
class Option:
    """One moment to call: its time in Unix seconds, the chance of an answer (None without a model), and reasons."""

    at: int
    chance: float | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Outlook:
    """The plan of one open request: `mode` as in Decision, the `planned` moment (None when none is legal in the
    time looked at), and the best other moments in the order of time."""

    request: int
    mode: str
    planned: Option | None
    others: tuple[Option, ...] = ()


def planned(board: Board, one: Waiting, openings: Ints, count: int) -> Outlook:
    """The outlook of a request that the model plans; `openings` as in Shift.next_calls, the first of them now."""
    plan = one.plan
    assert plan is not None
    ahead = np.flatnonzero((plan.times >= openings[0]) & plan.allowed)
    if not len(ahead):
        return Outlook(one.request.id, one.mode, None)
    first = _first(plan, ahead, one.request.promised if not one.called else None)
    chosen = [first]
    for i in ahead[np.argsort(-plan.call[ahead], kind="stable")]:
        if len(chosen) <= count and np.abs(plan.times[chosen] - plan.times[i]).min() >= APART:
            chosen.append(int(i))
    told = {i: _option(board, one, plan, i) for i in chosen}
    return Outlook(one.request.id, one.mode, told[first], tuple(told[i] for i in sorted(chosen[1:])))


def classic(one: Waiting, mode: str, openings: Ints, legal: Bools, count: int) -> Outlook:
    """The outlook of a request called first come, first served: the next legal moments, without chances."""
    options: list[Option] = []
    last = -APART
    for at in map(int, openings[legal]):
        if len(options) <= count and at - last >= APART:
            options.append(Option(at))
            last = at
    return Outlook(one.request.id, mode, options[0] if options else None, tuple(options[1:]))


def _first(plan: Plan, ahead: Sequence[int] | Ints, promised: int | None) -> int:
    """The first moment from which waiting gains nothing; where no call is worth its cost, the day's likeliest."""
    worth = [int(i) for i in ahead if plan.call[i] > 0 and plan.call[i] >= plan.best[i + 1] - 1e-12]
    today = [int(i) for i in ahead if plan.times[i] < plan.times[ahead[0]] + DAY]
    first = worth[0] if worth else today[int(np.argmax(plan.odds[today]))]
    kept = [int(i) for i in ahead if promised is not None and plan.times[i] <= promised]
    return min(first, kept[-1]) if kept else first


def _option(board: Board, one: Waiting, plan: Plan, i: int) -> Option:
    at = int(plan.times[i])
    return Option(at, chance(plan.odds, i), tuple(reasons(board.knowledge, one.request.person, plan, at)))


def chance(odds: Floats, i: int) -> float:
    return float(1 / (1 + np.exp(-odds[i])))
