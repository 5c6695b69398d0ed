"""Numbers into probabilities."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]


def shares(scores: Floats) -> Floats:
    """Softmax over the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    spread: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return spread


def chance(score: Floats) -> Floats:
    """The logistic function, safe for large scores."""
    logistic: Floats = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
    return logistic
