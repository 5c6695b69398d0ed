"""Whether the traffic of a week differs from that of the weeks before more than chance explains.

Three comparisons: how sure the assistant was (confidence), how much it could not answer, which languages came.
Distributions are compared by the population stability index, PSI = Σ (p - q) · ln(p / q). By common practice
below 0.1 is no change and from 0.25 on a large one (N. Siddiqi, Credit Risk Scorecards, 2006); we act from 0.2.
Of unchanged traffic its expectation is (bins - 1) · (1/n + 1/m) and its distribution that of chi square times
(1/n + 1/m) (B. Yurdakul and J. Naranjo, Statistical properties of the population stability index, Journal of
Risk Model Validation 14, 2020), so it must also lie above the 99.9 % point of that. What is written in one
conversation is alike, so n and m count conversations, not messages.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WEEK_DAYS, BEFORE_DAYS = 7, 28
BINS = 10
LARGE = 0.2  # PSI from which a change matters
POINTS = 0.05  # so many more of a hundred unanswered matter
LEAST_WEEK, LEAST_BEFORE = 40, 120  # conversations; with fewer nothing is said
RARE = 0.05  # bins that held less than this are joined with others
SMOOTH = 0.5  # messages added to each bin, so that an empty one has a logarithm
CHI2 = (  # 99.9 %, by degrees of freedom from 1 on
    10.83, 13.82, 16.27, 18.47, 20.52, 22.46, 24.32, 26.12, 27.88, 29.59,
    31.26, 32.91, 34.53, 36.12, 37.70, 39.25, 40.79, 42.31, 43.82, 45.31,
)  # fmt: skip
SIGMA = 3.09  # 99.9 % of a normal distribution

Counts = Sequence[int]


@dataclass(frozen=True)
class Traffic:
    """What came in some days: counts of messages, and of the conversations they stood in."""

    conversations: int
    messages: int
    confidence: Counts  # messages by tenth of confidence, of those a model decided
    unknown: int
    languages: Mapping[str, int]


def compare(week: Traffic, before: Traffic) -> dict[str, Any]:
    """Both as shares, what differs, and `alarms`: the names of what differs too much."""
    shown = {"week": _shares(week), "before": _shares(before)}
    if week.conversations < LEAST_WEEK or before.conversations < LEAST_BEFORE:
        return {**shown, "enough": False, "psi": {}, "alarms": []}
    confidence = _psi(*_joined_neighbours(week.confidence, before.confidence))
    language = _psi(*_joined_rare(week.languages, before.languages))
    alarms = {
        "confidence": _drifts(*confidence, week, before),
        "unknown": _rose(week, before),
        "language": _drifts(*language, week, before),
    }
    psi = {"confidence": round(confidence[0], 4), "language": round(language[0], 4)}
    return {**shown, "enough": True, "psi": psi, "alarms": [name for name, rings in alarms.items() if rings]}


def _shares(traffic: Traffic) -> dict[str, Any]:
    messages, decided = max(traffic.messages, 1), max(sum(traffic.confidence), 1)
    by_size = sorted(traffic.languages.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "conversations": traffic.conversations,
        "messages": traffic.messages,
        "confidence": [round(count / decided, 4) for count in traffic.confidence],
        "unknown": round(traffic.unknown / messages, 4),
        "languages": {code: round(count / messages, 4) for code, count in by_size},
    }


def _psi(week: Counts, before: Counts) -> tuple[float, int]:
    """The index and its degrees of freedom."""
    bins = len(before)
    if bins < 2 or not sum(week) or not sum(before):
        return 0.0, 0
    now = [(count + SMOOTH) / (sum(week) + SMOOTH * bins) for count in week]
    then = [(count + SMOOTH) / (sum(before) + SMOOTH * bins) for count in before]
    return sum((p - q) * math.log(p / q) for p, q in zip(now, then, strict=True)), bins - 1


def _drifts(index: float, freedom: int, week: Traffic, before: Traffic) -> bool:
    if not freedom:
        return False
    chance = CHI2[freedom - 1] * (1 / week.conversations + 1 / before.conversations)
    return index >= max(LARGE, chance)


def _rose(week: Traffic, before: Traffic) -> bool:
    now, then = week.unknown / max(week.messages, 1), before.unknown / max(before.messages, 1)
    n, m = week.conversations, before.conversations
    pooled = (now * n + then * m) / (n + m)
    spread = math.sqrt(max(pooled * (1 - pooled), 1e-9) * (1 / n + 1 / m))
    return now - then >= max(POINTS, SIGMA * spread)


def _joined_neighbours(week: Counts, before: Counts) -> tuple[list[int], list[int]]:
    """Tenths of confidence, the rare ones together with those above them."""
    now, then, least = [0], [0], RARE * max(sum(before), 1)
    for fresh, old in zip(week, before, strict=True):
        if then[-1] >= least:
            now.append(0)
            then.append(0)
        now[-1] += fresh
        then[-1] += old
    if len(then) > 1 and then[-1] < least:
        now[-2:], then[-2:] = [sum(now[-2:])], [sum(then[-2:])]
    return now, then


def _joined_rare(week: Mapping[str, int], before: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """Languages by size, the rare and the new ones together."""
    least = RARE * max(sum(before.values()), 1)
    usual = [code for code in sorted(before) if before[code] >= least]
    rest = [sum(count for code, count in part.items() if code not in usual) for part in (week, before)]
    now, then = [week.get(code, 0) for code in usual], [before[code] for code in usual]
    return ([*now, rest[0]], [*then, rest[1]]) if any(rest) else (now, then)
