"""Research policy."""

from __future__ import annotations

from datetime import date

import numpy as np

from . import habits, knowing, planning, profiles
from .clock import Moments, moments
from .facts import Almanac, Attempt, Person, Request, Sign
from .knowing import Reachability, sigmoid

EPOCH = date(1970, 1, 1).toordinal()


def almanac(cal) -> Almanac:
    day = lambda d: date.fromisoformat(d).toordinal() - EPOCH
    pub = {c: frozenset(map(day, v)) for c, v in cal["public_holidays"].items()}
    sch = {r: frozenset(x for a, b in v for x in range(day(a), day(b) + 1)) for r, v in cal["school_holidays"].items()}
    return Almanac(pub, sch)


def person(c, cal, home) -> Person:
    country = c["phone_country"] or c["country"] or home["country"]
    zone = cal["timezones"].get(country) or c["timezone"] or home["tz"]
    return Person(c["customer_id"], zone, country, c["region"] or "", (c["industry"], c["role"]))


class Open:
    __slots__ = ("request", "attempts", "next", "base", "call", "best", "p", "X", "z", "stale", "last", "recent")

    def __init__(self, request):
        self.request = request; self.attempts = 0; self.next = -1; self.base = None; self.stale = True; self.last = None
        self.recent = []


class Policy:
    MINGAP = 8
    MAXDAY = 3
    REFIT = 7
    DIAL = planning.Dial()
    OPT = dict()

    def fit(self, info, tables, calendar):
        self.info, self.cal = info, calendar
        self.steps = np.array(info["steps"], dtype=np.int64)
        self.home = info["company"]
        self.windows = {k: tuple(v) for k, v in info["preferred_windows"].items()}
        self.K = Reachability(almanac(calendar), **self.OPT)
        self.open = {}
        self.local = {}
        self.lost = np.array([0.0, 0.0]); 
        self.prior_kept = {}
        self.kept = np.zeros((info["max_attempts"] + 2, 2))
        self.replay(tables)
        self.day = None

    def request(self, r):
        w = self.windows.get(r["preferred"]) if r["preferred"] else None
        return Request(r["request_id"], r["customer_id"], r["created"], r["channel"], w)

    def replay(self, T):
        K = self.K; C = T["customers"]
        for i in range(len(C["customer_id"])):
            K.meet(person({k: C[k][i] for k in C}, self.cal, self.home))
        R, E, A = T["requests"], T["events"], T["attempts"]
        reqs, stream = {}, []
        for i in range(len(R["request_id"])):
            r = self.request({k: R[k][i] for k in ("request_id", "customer_id", "created", "channel", "preferred")})
            reqs[r.id] = r
            stream.append((r.created, 0, Sign(r.created, r.person, "asked:" + r.channel)))
        stream += [(t, 1, Sign(t, c, k)) for t, c, k in zip(E["t"], E["customer_id"], E["kind"])]
        stream += [(t, 2, Attempt(t, r, c, n, o)) for t, r, c, n, o in
                   zip(A["t"], A["request_id"], A["customer_id"], A["attempt"], A["outcome"])]
        stream.sort(key=lambda s: s[:2])
        if not stream:
            K.refit(0) if K.order else None
            return
        t0 = stream[0][0]; marks = [t0 + d * 86400 for d in (20, 45, 70)]
        for t, k, o in stream:
            while marks and t >= marks[0]:
                K.refit(t, 12); K.learn_stack(); marks.pop(0)
            if k < 2:
                K.sign(o)
            else:
                m = K.people[o.person]
                at = moments(np.array([t]), m.person.zone)
                X, _, m = K.features(reqs[o.request], at, np.array([t]), t)
                self.count(o.number, o.outcome)
                K.outcome(m, o, X[0], float(X[0] @ K.beta - X[0, 1:3] @ K.beta[1:3]))
        K.refit(t, 25); K.learn_stack()

    def count(self, n, outcome):
        if outcome in ("answered", "too_late"):
            self.kept[n] += (outcome == "answered", 1)

    def act(self, obs):
        K = self.K; now = obs["now"]; s = obs["step"]
        for c in obs["new_customers"]:
            K.meet(person(c, self.cal, self.home))
        touched = set()
        for r in obs["results"]:
            q = self.open.get(r["request_id"])
            if q is None:
                continue
            j = self.index(q, s - 1)
            x = q.X[j]
            m = K.people[r["customer_id"]]
            self.count(r["attempt"], r["outcome"])
            K.outcome(m, Attempt(r["t"], r["request_id"], r["customer_id"], r["attempt"], r["outcome"]), x,
                      float(x @ K.beta - x[1:3] @ K.beta[1:3]))
            touched.add(r["customer_id"])
            if r["closed"]:
                del self.open[r["request_id"]]
            else:
                q.attempts = r["attempt"]; q.next = s - 1 + self.MINGAP; q.recent.append(r["t"])
        for r in obs["closed"]:
            self.open.pop(r["request_id"], None)
        for r in obs["new_requests"]:
            q = self.request(r)
            K.sign(Sign(q.created, q.person, "asked:" + q.channel))
            self.open[q.id] = Open(q); touched.add(q.person)
        for t, c, k in obs["new_events"]:
            K.sign(Sign(t, c, k))
            if k == "inbound_call":
                touched.add(c)
        today = now // 86400
        if today != self.day:
            if self.day is not None:
                K.learn_stack()
                if today - self.refitted >= self.REFIT:
                    K.refit(now, 12); self.refitted = today
            else:
                self.refitted = today
            self.day = today
            for q in self.open.values():
                q.stale = True
        for q in self.open.values():
            if q.request.person in touched or q.base is None or s - q.base >= 76:
                q.stale = True
        todo = [q for q in self.open.values() if q.stale and s >= q.next]
        self.replan(todo, s, now)
        cand = []
        for i, q in self.open.items():
            if s < q.next or q.stale:
                continue
            if q.recent and sum(now - t < 86400 for t in q.recent) >= self.MAXDAY:
                continue
            j = self.index(q, s)
            if j >= len(q.call):
                continue
            adv = q.call[j] - q.best[j + 1]
            if adv >= -1e-12 and q.call[j] > 0:
                cand.append((-adv, i, float(q.p[j])))
        cand.sort()
        return [(i, p) for _, i, p in cand]

    def index(self, q, s):
        return int(np.searchsorted(self.grid, s - q.base, side="right")) - 1

    def replan(self, todo, s, now):
        if not todo:
            return
        K = self.K
        self.grid = g = planning.grid(164)
        idx = np.minimum(s + g, len(self.steps) - 1)
        real = (s + g) < len(self.steps)
        ts = self.steps[idx]
        gapj = np.searchsorted(g, g + self.MINGAP)
        H = len(g)
        gapj = np.minimum(gapj, H)
        by_left = {}
        for q in todo:
            by_left.setdefault(self.info["max_attempts"] - q.attempts, []).append(q)
        base_cov = {}
        keepn = (self.kept[:, 0] + np.array([1, 1, 1, 1] + [.6] * (len(self.kept) - 4)) * 10) / (self.kept[:, 1] + 10)
        A = self.info["max_attempts"]
        # keep[a]: chance that a contact still counts after failing with a attempts left, relative
        counts = np.ones(A + 2)
        for a in range(1, A + 1):
            n = A - a + 1                   # this is attempt n; the next is n+1
            counts[a] = min(1.0, keepn[min(n + 1, A)] / max(keepn[n], .05))
        for left, qs in by_left.items():
            R = len(qs)
            z = np.zeros((R, H)); drop = np.zeros((R, H, H)); worth = np.zeros((R, H))
            for i, q in enumerate(qs):
                zone = K.people[q.request.person].person.zone
                if zone not in self.local:
                    self.local[zone] = moments(self.steps, zone)
                at = self.local[zone].at(idx)
                if zone not in base_cov:
                    base_cov[zone] = habits.covariance(K.reach, at, at)
                X, cross, m = K.features(q.request, at, ts, now)
                q.X = X
                z[i] = X @ K.beta
                c = base_cov[zone]
                if cross is not None:
                    c = c - cross @ m.posterior.inverse @ cross.T
                zt = K.logit_table[:, at.slot]
                zt = zt - m.share @ zt
                c = c + (zt * m.share[:, None]).T @ zt
                p = sigmoid(z[i])
                v = np.diag(c)
                drop[i] = -np.maximum(c, 0) * (p / (1 + v * p * (1 - p)))[:, None]
                age = (ts - q.request.created) / 3600
                worth[i] = np.where((age > 24 * self.info["expire_days"]) | ~real, 0.0, self.DIAL.worth(age))
            num = A - left + 1
            worth = worth * keepn[num]
            C, W, P = planning.plan(z, drop, worth, self.DIAL.cost, counts, left, gapj, None)
            for i, q in enumerate(qs):
                q.base, q.call, q.best, q.p, q.z, q.stale = s, C[i], W[i], P[i], z[i], False


def make():
    return Policy()
