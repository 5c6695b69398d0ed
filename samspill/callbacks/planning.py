"""Research planner: value of calling now against the best later moment."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Dial:
    """What reaching somebody is worth as time passes, and what a call costs; one knob between thorough and fast."""

    lasting: float = 0.35
    cost: float = 0.02
    half: tuple[tuple[float, float], ...] = ((0.0, 1.0), (24.0, 0.42), (48.0, 0.12))
    discount: float = 0.0

    def worth(self, hours):
        h = np.maximum(hours, 0.0)
        k1 = -math.log(0.42) / 24.0
        k2 = -math.log(0.12 / 0.42) / 24.0
        lead = np.where(h <= 24, np.exp(-k1 * h), 0.42 * np.exp(-k2 * (h - 24)))
        return self.lasting + (1 - self.lasting) * lead


def grid(length: int) -> np.ndarray:
    """Offsets in steps: quarters at first, then half hours, then hours."""
    g = np.concatenate([np.arange(4), np.arange(4, 76, 2), np.arange(76, 164, 4)])
    return g[g < length]


def plan(z, drop, worth, cost, keep, left, gapj, free):
    """z R,H log odds; drop R,H,H shift of log odds at t after failing at j; worth R,H; keep: chance per attempts left;
    gapj H: first grid index callable after a call at j; free H bool.
    Returns call[R,H], best[R,H+1] for `left` attempts (one value for the batch), and p.
    """
    R, H = z.shape
    p0 = 1 / (1 + np.exp(-z))
    t = np.arange(H)
    allowed = t[None, :] >= gapj[:, None]                        # j,t
    # value functions for fewer attempts left, unconditional with an average drop
    W = {0: np.zeros((R, H + 1)), -1: np.zeros((R, H + 1))}
    C = None
    todo = [a for a in range(left, 0, -2)][::-1]
    for a in todo:
        n = left - a                                              # failures assumed before this level
        if n:
            zz = z - 0.25 * n
            p = 1 / (1 + np.exp(-zz))
        else:
            zz, p = z, p0
        if a == 1:
            C = p * worth - cost
        else:
            pa = 1 / (1 + np.exp(-(zz[:, None, :] + drop)))
            nxt = np.take(W[a - 2], np.minimum(gapj, H), axis=1)                 # R,t : value after failing second at t
            M = pa * worth[:, None, :] - cost + (1 - pa) * keep[a - 1] * nxt[:, None, :]
            M = np.where(allowed[None], M, 0.0)
            again = np.maximum(M.max(2), 0.0)
            C = p * worth - cost + (1 - p) * keep[a] * again
        Wn = np.zeros((R, H + 1))
        Wn[:, :H] = np.maximum.accumulate(np.maximum(C, 0)[:, ::-1], axis=1)[:, ::-1]
        W[a] = Wn
    return C, W[left], p0
