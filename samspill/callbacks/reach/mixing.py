"""Fits the types of people by expectation and maximisation over everybody's history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from .clock import Floats, Ints
from .profiles import ANSWERED, LEVEL_PRIOR, LEVELS, PRIOR, SLOTS, Profiles, Shape, blank

Counts = Any  # scipy's sparse matrices carry no types


@dataclass(frozen=True)
class History:
    """Everybody's attempts and traces, counted: persons × slots per outcome and per kind of trace; traits one-hot."""

    outcomes: list[Counts]
    traces: list[Counts]
    traits: list[Counts]

    @property
    def people(self) -> int:
        return int(self.outcomes[0].shape[0])


def count(who: Ints, slot: Ints, weight: Floats, groups: Ints, n: int, people: int) -> list[Counts]:
    """One matrix persons × slots per group."""
    found = []
    for group in range(n):
        m = groups == group
        found.append(csr_matrix((weight[m], (who[m], slot[m])), shape=(people, SLOTS)))
    return found


def one_hot(values: Ints, n: int) -> Counts:
    known = np.flatnonzero((values >= 0) & (values < n))
    return csr_matrix((np.ones(len(known)), (known, values[known])), shape=(len(values), max(1, n)))


def fit(
    seen: History, shape: Shape, start: Profiles | None, rounds: int, seed: int = 0
) -> tuple[Profiles, Floats]:
    """The types, and everybody's log weights under them; warm from `start` when it is of the same form."""
    found = start or blank(shape)
    share = _normal(scores(found, seen)) if start else _scatter(seen, shape, seed)
    spread = smoothing(shape.hours, shape.other_day, shape.weekend)
    narrow = smoothing(shape.common_hours, shape.common_other_day, shape.common_weekend)
    for _ in range(rounds):
        found = _maximise(found, share, seen, spread, narrow)
        score = scores(found, seen)
        share = _normal(score)
    return found, score


def scores(found: Profiles, seen: History) -> Floats:
    """Log weights of types and levels, persons × (types times levels)."""
    failures = sum(seen.outcomes[1:], start=csr_matrix(seen.outcomes[0].shape))
    score = seen.outcomes[ANSWERED] @ found.log_answers + failures @ found.log_silence
    kind = np.tile(np.log(found.weight), (seen.people, 1))
    for outcome, counts in enumerate(seen.outcomes[1:], start=1):
        kind += counts @ found.failed[:, :, outcome].T
    for table, counts in zip(found.traces, seen.traces, strict=False):
        kind += counts @ table.T
    for table, hot in zip(found.traits, seen.traits, strict=False):
        kind += hot @ table.T
    both = score.reshape(-1, found.shape.types, len(LEVELS)) + kind[:, :, None] + np.log(found.level)
    return np.asarray(both.reshape(seen.people, -1))


def smoothing(hours: float, other_day: float, weekend: float) -> Floats:
    """Slots × slots: 1 on the diagonal, less for other times of day and other days."""
    half = np.arange(48)
    gap = np.abs(half[:, None] - half[None, :])
    clock = np.exp(-0.5 * (np.minimum(gap, 48 - gap) / 2.0 / hours) ** 2)
    days = np.full((7, 7), other_day)
    days[5:, :5] = days[:5, 5:] = weekend
    np.fill_diagonal(days, 1.0)
    return np.asarray(np.kron(days, clock))


def _normal(score: Floats) -> Floats:
    share = np.exp(score - score.max(1, keepdims=True))
    return np.asarray(share / share.sum(1, keepdims=True))


def _scatter(seen: History, shape: Shape, seed: int) -> Floats:
    """A first guess: people of one segment start alike, and everybody a little differently."""
    rng = np.random.default_rng(seed)
    share = rng.dirichlet(np.full(shape.types, 0.05), seen.people)
    for hot in seen.traits[:1]:
        common = rng.dirichlet(np.full(shape.types, 0.3), hot.shape[1])
        share = np.where(hot.sum(1) > 0, 0.6 * share + 0.4 * (hot @ common), share)
    return np.asarray((share[:, :, None] * LEVEL_PRIOR).reshape(seen.people, -1))


def _maximise(found: Profiles, share: Floats, seen: History, spread: Floats, narrow: Floats) -> Profiles:
    shape, wide = found.shape, (found.shape.types, len(LEVELS), SLOTS)
    kind = share.reshape(-1, *wide[:2])
    answered, *failed = ((n.T @ share).T.reshape(wide) for n in seen.outcomes)
    tries = answered + sum(failed)
    odds = _odds(found.odds, answered, tries, spread, narrow, shape)
    level = kind.sum((0, 1)) + 50 * LEVEL_PRIOR
    kind = kind.sum(2)
    weight = (kind.sum(0) + 1.0) / (kind.sum() + shape.types)
    shares = _failed(np.stack([f.sum(1) @ spread for f in failed], axis=2), shape)
    return Profiles(
        shape,
        weight,
        level / level.sum(),
        odds,
        shares,
        _densities(kind, seen.traces, spread, shape),
        [_trait(kind, hot) for hot in seen.traits],
        (tries.sum((0, 1)) + 1e-6) / (tries.sum() + 1e-6 * SLOTS),
    )


def _odds(
    odds: Floats, answered: Floats, tries: Floats, spread: Floats, narrow: Floats, shape: Shape
) -> Floats:
    """Newton's steps on likelihoods smoothed over the week: everybody's curve towards the prior, with a narrow
    smoothing for it rests on many calls, and what sets each type apart from it towards nothing."""
    prior = float(np.log(PRIOR[0] / (1 - PRIOR[0])))
    common = odds.mean(0)
    apart = odds - common
    for _ in range(2):
        slope, bend = _bend(common + apart, answered, tries)
        common = _step(common, slope.sum(0) @ narrow, bend.sum(0) @ narrow, common - prior, 3.0)
        slope, bend = _bend(common + apart, answered, tries)
        apart = _step(apart, slope @ spread, bend @ spread, apart, 0.2 * shape.shrink)
    return np.asarray(common + apart)


def _bend(odds: Floats, answered: Floats, tries: Floats) -> tuple[Floats, Floats]:
    """First and second derivative of the log likelihood, per type and slot."""
    p = 1 / (1 + np.exp(-(odds[:, None] + LEVELS[None, :, None])))
    return (answered - tries * p).sum(1), (tries * p * (1 - p)).sum(1)


def _step(odds: Floats, slope: Floats, bend: Floats, above: Floats, pull: float) -> Floats:
    return np.asarray(odds + np.clip((slope - pull * above) / (bend + pull), -1, 1))


def _failed(raw: Floats, shape: Shape) -> Floats:
    prior = PRIOR[1:] / PRIOR[1:].sum()
    common = (raw.sum(0) + 10 * prior) / (raw.sum((0, 2))[:, None] + 10)
    share = (raw + 2 * shape.shrink * common) / (raw.sum(2, keepdims=True) + 2 * shape.shrink)
    return np.concatenate([np.full((*raw.shape[:2], 1), -20.0), np.log(share)], axis=2)


def _densities(kind: Floats, traces: list[Counts], spread: Floats, shape: Shape) -> Floats:
    """Where in the week each type shows traces, against everybody: each kind of trace leans on all kinds
    together."""
    found = np.zeros((len(traces), shape.types, SLOTS))
    if not traces:
        return found
    raw = np.stack([(counts.T @ kind).T @ spread for counts in traces])
    total = raw.sum(1)
    common = total + 1e-3 + 1e-4 * total.sum(1, keepdims=True)
    common /= common.sum(1, keepdims=True)
    mass, pull = raw.sum(2, keepdims=True), shape.trace_shrink * spread[0].sum()
    expected = (common[:, None] * mass).sum(0)
    calm = 0.3 * pull * expected.sum(0) / max(expected.sum(), 1e-9) + 1e-9
    lean = common[:, None] * ((raw.sum(0) + calm) / (expected + calm))[None]
    lean /= lean.sum(2, keepdims=True)
    return np.asarray(np.log((raw + pull * lean) / (mass + pull) / common[:, None]))


def _trait(kind: Floats, hot: Counts) -> Floats:
    raw = (hot.T @ kind).T
    common = (raw.sum(0) + 1.0) / (raw.sum() + raw.shape[1])
    return np.asarray(np.log((raw + 5.0 * common) / (raw.sum(1, keepdims=True) + 5.0)))
