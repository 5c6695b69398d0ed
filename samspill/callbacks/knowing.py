"""Research version."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from . import habits, profiles
from .clock import Moments, moments
from .facts import Almanac, Attempt, Person, Request, Sign

OUT = {"answered": 0, "too_late": 0, "busy": 1, "declined": 1, "voicemail": 2}
DAY = 86400
NF = 16  # context features


def logit(p):
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@dataclass
class Memory:
    person: Person
    index: int
    traits: np.ndarray
    at: list = field(default_factory=list)
    slot: list = field(default_factory=list)
    outcome: list = field(default_factory=list)
    offset: list = field(default_factory=list)
    s_at: list = field(default_factory=list)
    s_slot: list = field(default_factory=list)
    s_kind: list = field(default_factory=list)
    share: np.ndarray | None = None
    week: np.ndarray | None = None      # logit of the mixture per slot
    posterior: object = None
    dirty: bool = True
    fresh: int = 0


class Reachability:
    def __init__(self, almanac: Almanac, shape=None, reach=None, half_life=90.0, use_gp=True, keep=60, trust=.8, sign_trust=.6):
        self.trust = trust; self.sign_trust = sign_trust
        self.almanac = almanac
        self.shape = shape or profiles.Shape()
        self.reach = reach or habits.Reach()
        self.half_life = half_life
        self.keep = keep
        self.people: dict[int, Memory] = {}
        self.order: list[Memory] = []
        self.values: list[dict] = []
        self.kinds: dict[str, int] = {}
        self.types = None
        self.use_gp = use_gp
        self.beta = default_beta()
        self.rows_x: list[np.ndarray] = []
        self.rows_y: list[float] = []
        self.hot: dict[str, list] = {}
        self.version = 0

    # ---- taking in
    def meet(self, p: Person):
        if p.id in self.people:
            return
        while len(self.values) < len(p.traits):
            self.values.append({})
        tr = np.array([-1 if v is None else self.values[i].setdefault(v, len(self.values[i]))
                       for i, v in enumerate(p.traits)], dtype=np.int64)
        m = Memory(p, len(self.order), tr)
        self.people[p.id] = m
        self.order.append(m)

    def sign(self, s: Sign):
        m = self.people.get(s.person)
        if m is None:
            return
        mo = moments(np.array([s.at]), m.person.zone)
        m.s_at.append(s.at); m.s_slot.append(int(mo.slot[0]))
        m.s_kind.append(self.kinds.setdefault(s.kind, len(self.kinds)))
        if m.share is not None and self.types is not None:
            m.dirty = True; m.share = None

    def outcome(self, m: Memory, a: Attempt, row, off):
        """row = feature row (l, g, x...), off = context offset of log odds."""
        mo = moments(np.array([a.at]), m.person.zone)
        m.at.append(a.at); m.slot.append(int(mo.slot[0])); m.outcome.append(OUT.get(a.outcome, 3)); m.offset.append(off)
        m.dirty = True; m.share = None
        self.rows_x.append(row); self.rows_y.append(float(m.outcome[-1] == 0))

    # ---- types
    def refit(self, now, rounds=None, warm=False):
        if not self.order:
            return
        who, slot, out, at, sw, ss, sk, sa = ([] for _ in range(8))
        for m in self.order:
            n = len(m.at)
            who += [m.index] * n; slot += m.slot; out += m.outcome; at += m.at
            k = len(m.s_at)
            sw += [m.index] * k; ss += m.s_slot; sk += m.s_kind; sa += m.s_at
        I = lambda v: np.array(v, dtype=np.int64)
        tr = np.full((len(self.order), len(self.values)), -1, dtype=np.int64)
        for m in self.order:
            tr[m.index, :len(m.traits)] = m.traits
        w = 0.5 ** ((now - I(at)) / DAY / self.half_life)
        v = 0.5 ** ((now - I(sa)) / DAY / self.half_life)
        ev = profiles.Evidence(len(self.order), I(who), I(slot), I(out), w, I(sw), I(ss), I(sk), v, tr)
        same = self.types is not None and self.types.signs.shape[0] == len(self.kinds) and \
            len(self.types.traits) == len(self.values) and all(t.shape[1] == max(1, len(x)) for t, x in zip(self.types.traits, self.values))
        self.types = profiles.fit(ev, self.shape, len(self.kinds), [len(x) for x in self.values],
                                  self.types if same and warm else None, rounds or (4 if same and warm else 40))
        self.set_tables()
        self.now = now
        for m in self.order:
            m.share = None; m.dirty = True

    def set_tables(self):
        self.table = self.types.tables()
        self.logp = np.log(self.table)
        self.logit_table = logit(self.table)
        self.log1p = np.log1p(-self.table)

    def believe(self, m: Memory, now):
        if self.types is None:
            self.types = profiles.blank(self.shape, len(self.kinds), [len(x) for x in self.values])
            self.set_tables()
        if m.share is None:
            T = self.types
            s = T.starting(m.traits[:len(T.traits)])
            if m.at:
                w = 0.5 ** ((now - np.array(m.at)) / DAY / self.half_life) * self.trust
                o = np.array(m.outcome); sl = np.array(m.slot)
                b = np.where(o == 0, self.logp[:, sl], self.log1p[:, sl]) @ w
                k = (np.where(o > 0, T.failed[:, sl, o], 0.0)) @ w
                s = s + b + np.repeat(k, len(profiles.LEVELS))
            if m.s_at:
                k = np.array(m.s_kind)
                ok = k < T.signs.shape[0]
                if ok.any():
                    w = 0.5 ** ((now - np.array(m.s_at)) / DAY / self.half_life) * self.sign_trust
                    s = s + np.repeat(T.signs[k[ok], :, np.array(m.s_slot)[ok]].T @ w[ok], len(profiles.LEVELS))
            s = np.exp(s - s.max())
            m.share = s / s.sum()
            m.week = logit(m.share @ self.table)
        if m.dirty:
            m.posterior = None
            if m.at and self.use_gp:
                k = self.keep
                seen = moments(np.array(m.at[-k:]), m.person.zone)
                y = (np.array(m.outcome[-k:]) == 0).astype(float)
                exp = m.week[np.array(m.slot[-k:])] + np.array(m.offset[-k:])
                m.posterior = habits.learn(self.reach, seen, y, exp, np.ones(len(y)))
            m.dirty = False

    # ---- telling
    def features(self, r: Request, at: Moments, times, now):
        """rows: [1, l, g, ...context]"""
        m = self.people[r.person]
        self.believe(m, now)
        n = len(times)
        X = np.zeros((n, NF))
        X[:, 0] = 1
        X[:, 1] = m.week[at.slot]
        cross = None
        if m.posterior is not None:
            g, cross = m.posterior.mean(self.reach, at)
            X[:, 2] = g
        p = m.person
        pub = self.almanac.public.get(p.country)
        if pub:
            X[:, 3] = [int(d) in pub for d in at.day]
        sch = self.almanac.school.get(p.region)
        if sch:
            X[:, 4] = [int(d) in sch for d in at.day]
        if r.wanted:
            h = at.quarter / 4
            inside = (h >= r.wanted[0]) & (h < r.wanted[1])
            X[:, 5] = inside; X[:, 6] = ~inside
        age = (times - r.created) / 60.0
        X[:, 7 + CH.setdefault(r.channel, len(CH) % 3)] = np.exp2(-age / 20.0)
        if m.s_at:
            k = min(30, len(m.s_at))
            ss = np.array(m.s_slot[-k:]); q = (ss % 48) * 2; d = ss // 48
            gap = np.abs(at.quarter[:, None] - q[None]) / 4
            K = np.exp(-0.5 * (gap / 0.8) ** 2) * np.where(at.weekday[:, None] == d[None], 1.0, 0.4) - 0.1
            K *= 0.5 ** ((now - np.array(m.s_at[-k:])) / DAY / 60.0)
            kinds = np.array(m.s_kind[-k:])
            for kk in range(min(6, len(self.kinds))):
                if (kinds == kk).any():
                    X[:, 10 + kk] = np.tanh(K[:, kinds == kk].sum(1))
        return X, cross, m

    def learn_stack(self, window=25000):
        X = np.array(self.rows_x[-window:]); y = np.array(self.rows_y[-window:])
        if len(y) < 50:
            return
        b0, prec = default_beta(), PREC
        b = self.beta.copy()
        for _ in range(6):
            p = sigmoid(X @ b)
            g = X.T @ (y - p) - prec * (b - b0)
            H = (X * (p * (1 - p))[:, None]).T @ X + np.diag(prec)
            b = b + np.linalg.solve(H, g)
        self.beta = b


CH: dict[str, int] = {}


def default_beta():
    b = np.zeros(NF)
    b[1] = 1; b[2] = 1; b[3] = -1.8; b[4] = -0.1; b[5] = 0.4; b[6] = -0.1; b[7:10] = 0.6; b[10:] = 0.2
    return b


PREC = np.array([200, 200, 200, 20, 20, 20, 20, 20, 20, 20] + [30] * 6, dtype=float)
