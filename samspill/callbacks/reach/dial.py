"""Positions of the dial between fast (0) and thorough (1)."""

from __future__ import annotations

import numpy as np

from .planning import FAST, THOROUGH, Dial


def setting(position: float) -> Dial:
    """The dial at a position from 0 to 1; a half is the balance the product starts with."""
    low, high = (FAST, Dial()) if position < 0.5 else (Dial(), THOROUGH)
    share = min(max(2 * position - (position >= 0.5), 0.0), 1.0)
    hours = np.array(sorted({at for dial in (low, high) for at, _ in dial.fading}))
    left = np.exp((1 - share) * low.faded(hours) + share * high.faded(hours))
    return Dial(
        low.lasting + (high.lasting - low.lasting) * share,
        low.cost + (high.cost - low.cost) * share,
        tuple(zip(hours.tolist(), left.tolist(), strict=True)),
    )
