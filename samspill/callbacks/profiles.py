"""Types of people, learned from everybody: when each type answers, and when it calls or visits.

A mixture of shapes of the week times levels of willingness, fitted by expectation and maximisation. One person's evidence
(attempts, signs, traits) weighs the types; their weekly tables are smoothed over clock and week and shrink to everybody's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix

from .clock import Floats, Ints

SLOTS = 336
ANSWERED, ENGAGED, MACHINE, SILENT = range(4)
LEVELS = np.array([-4.0, -1.2, -0.4, 0.4, 1.2])
LEVEL_PRIOR = np.array([0.03, 0.17, 0.3, 0.3, 0.2])


@dataclass
class Evidence:
    """Everybody's history in columns; `who` counts persons from 0."""

    people: int
    who: Ints
    slot: Ints
    outcome: Ints
    weight: Floats
    sign_who: Ints
    sign_slot: Ints
    sign_kind: Ints
    sign_weight: Floats
    traits: Ints
    """persons × traits, an index per trait, -1 when unknown"""


@dataclass(frozen=True)
class Shape:
    """How strongly neighbours in the week speak for each other, and how strongly types shrink."""

    types: int = 20
    hours: float = 0.8
    other_day: float = 0.35
    weekend: float = 0.12
    shrink: float = 5.0
    sign_shrink: float = 60.0
    trait: float = 1.0
    sign_fit: float = 1.0
    prior: tuple[float, ...] = (0.30, 0.13, 0.17, 0.40)
    prior_weight: float = 30.0


@dataclass
class Profiles:
    shape: Shape
    weight: Floats      # K
    level: Floats       # L
    odds: Floats        # K,336 logit at level 0
    failed: Floats      # K,336,4 log share given failed
    signs: Floats       # kinds,K,336
    traits: list[Floats] = field(default_factory=list)

    def tables(self):
        """log answered, log failed as (336, K*L); probabilities (K*L, 336)"""
        z = self.odds[:, None, :] + LEVELS[None, :, None]
        p = 1 / (1 + np.exp(-z))
        p = p.reshape(-1, SLOTS)
        return p

    def starting(self, traits: Ints) -> Floats:
        score = np.log(self.weight)
        for table, value in zip(self.traits, traits, strict=True):
            if 0 <= value < table.shape[1]:
                score = score + table[:, value]
        return (score[:, None] + np.log(self.level)[None]).ravel()


def smoothing(shape: Shape) -> Floats:
    half = np.arange(48)
    gap = np.abs(half[:, None] - half[None, :])
    gap = np.minimum(gap, 48 - gap) / 2.0
    clock = np.exp(-0.5 * (gap / shape.hours) ** 2)
    days = np.full((7, 7), shape.other_day)
    days[5:, :5] = days[:5, 5:] = shape.weekend
    np.fill_diagonal(days, 1.0)
    return np.kron(days, clock)


def blank(shape: Shape, kinds: int, traits: list[int]) -> Profiles:
    K = shape.types
    odds = np.full((K, SLOTS), np.log(shape.prior[0] / (1 - shape.prior[0])))
    f = np.array((1e-9,) + shape.prior[1:]); f = f / f.sum()
    failed = np.tile(np.log(f), (K, SLOTS, 1))
    tables = [np.full((K, max(1, n)), -np.log(max(1, n))) for n in traits]
    return Profiles(shape, np.full(K, 1 / K), LEVEL_PRIOR, odds, failed, np.zeros((kinds, K, SLOTS)), tables)


def fit(seen: Evidence, shape: Shape, kinds: int, traits: list[int], start: Profiles | None, rounds: int,
        seed: int = 0) -> Profiles:
    counts = [_csr(seen.who, seen.slot, seen.weight, seen.outcome == c, seen.people) for c in range(4)]
    signs = [_csr(seen.sign_who, seen.sign_slot, seen.sign_weight, seen.sign_kind == k, seen.people) for k in range(kinds)]
    onehot = [_onehot(seen.traits[:, i], n) for i, n in enumerate(traits)]
    spread = smoothing(shape)
    share = _share(start, counts, signs, onehot) if start else _scatter(seen, shape, seed)
    found = start or blank(shape, kinds, traits)
    for _ in range(rounds):
        found = _maximise(found, share, counts, signs, onehot, spread, shape)
        share = _share(found, counts, signs, onehot)
    return found


def _csr(who, slot, weight, m, people):
    return csr_matrix((weight[m], (who[m], slot[m])), shape=(people, SLOTS))


def _onehot(values: Ints, n: int) -> csr_matrix:
    known = np.flatnonzero((values >= 0) & (values < n))
    return csr_matrix((np.ones(len(known)), (known, values[known])), shape=(len(values), max(1, n)))


def _scatter(seen: Evidence, shape: Shape, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    share = rng.dirichlet(np.full(shape.types, 0.05), seen.people)
    if seen.traits.shape[1]:
        common = rng.dirichlet(np.full(shape.types, 0.3), int(seen.traits[:, 0].max(initial=0)) + 2)
        share = 0.6 * share + 0.4 * common[seen.traits[:, 0]]
    return (share[:, :, None] * LEVEL_PRIOR).reshape(seen.people, -1)


def _share(found: Profiles, counts, signs, onehot) -> Floats:
    K, L = found.shape.types, len(LEVELS)
    p = found.tables().T                                  # 336, KL
    score = counts[0] @ np.log(p) + (counts[1] + counts[2] + counts[3]) @ np.log1p(-p)
    kind = np.tile(np.log(found.weight), (counts[0].shape[0], 1))
    for c in (1, 2, 3):
        kind += counts[c] @ found.failed[:, :, c].T
    for k, n in enumerate(signs):
        kind += found.shape.sign_fit * (n @ found.signs[k].T)
    for table, hot in zip(found.traits, onehot, strict=True):
        kind += found.shape.trait * (hot @ table.T)
    score = score.reshape(-1, K, L) + kind[:, :, None] + np.log(found.level)
    score = score.reshape(-1, K * L)
    score -= score.max(1, keepdims=True)
    share = np.exp(score)
    return share / share.sum(1, keepdims=True)


def _maximise(found, share, counts, signs, onehot, spread, shape: Shape) -> Profiles:
    K, L = shape.types, len(LEVELS)
    fails = counts[1] + counts[2] + counts[3]
    Y = ((counts[0].T @ share).T @ spread).reshape(K, L, SLOTS)
    N = Y + ((fails.T @ share).T @ spread).reshape(K, L, SLOTS)
    prior = np.log(shape.prior[0] / (1 - shape.prior[0]))
    own = spread[0].sum()
    a0 = np.full(SLOTS, prior)
    base = a0
    # everybody's curve
    y, n = Y.sum((0, 1)), N.sum(0)                 # 336 ; L,336
    c = found.odds.mean(0)
    for _ in range(3):
        q = 1 / (1 + np.exp(-(c[None] + LEVELS[:, None])))
        c = c + np.clip((y - (n * q).sum(0) - 3 * (c - prior)) / ((n * q * (1 - q)).sum(0) + 3), -1, 1)
    a = found.odds
    lam = shape.shrink * 0.2
    ys = Y.sum(1)
    for _ in range(2):
        q = 1 / (1 + np.exp(-(a[:, None] + LEVELS[None, :, None])))
        a = a + np.clip((ys - (N * q).sum(1) - lam * (a - c)) / ((N * q * (1 - q)).sum(1) + lam), -1, 1)
    kind = share.reshape(-1, K, L).sum(2)
    raw = np.stack([(n.T @ kind).T @ spread for n in counts[1:]], axis=2)
    pf = np.array(shape.prior[1:]); pf = pf / pf.sum()
    common = (raw.sum(0) + 10 * pf) / (raw.sum((0, 2))[:, None] + 10)
    ft = (raw + 2 * shape.shrink * common) / (raw.sum(2, keepdims=True) + 2 * shape.shrink)
    failed = np.concatenate([np.full((K, SLOTS, 1), -20.0), np.log(ft)], axis=2)
    weight = (kind.sum(0) + 1.0) / (kind.sum() + K)
    lv = share.reshape(-1, K, L).sum((0, 1)) + 50 * LEVEL_PRIOR
    return Profiles(shape, weight, lv / lv.sum(), a, failed, _densities(kind, signs, spread, shape),
                    [_trait_table(kind, hot) for hot in onehot])


def _densities(share: Floats, signs, spread: Floats, shape: Shape) -> Floats:
    out = np.zeros((len(signs), shape.types, SLOTS))
    own = spread[0].sum()
    for k, n in enumerate(signs):
        raw = (n.T @ share).T @ spread
        total = raw.sum(0)
        common = (total + 1e-3 + total.sum() * 1e-4) / (total.sum() * (1 + SLOTS * 1e-4) + SLOTS * 1e-3)
        mass = raw.sum(1, keepdims=True)
        density = (raw + shape.sign_shrink * own * common) / (mass + shape.sign_shrink * own)
        out[k] = np.log(density / common)
    return out


def _trait_table(share: Floats, hot: csr_matrix) -> Floats:
    raw = (hot.T @ share).T
    common = (raw.sum(0) + 1.0) / (raw.sum() + raw.shape[1])
    return np.asarray(np.log((raw + 5.0 * common) / (raw.sum(1, keepdims=True) + 5.0)))
