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


def together(scores: Floats) -> Floats:
    """The log of the sum of their powers, over the last axis."""
    most = scores.max(axis=-1)
    logs: Floats = most + np.log(np.exp(scores - most[..., None]).sum(axis=-1))
    return logs


def chance(score: Floats) -> Floats:
    """The logistic function, safe for large scores."""
    logistic: Floats = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
    return logistic
