"""Figures with their uncertainty: shares, means and medians, and how they differ. Intervals hold 95 of 100 times.

Shares: Wilson (1927). Means: Student's t. Medians: order statistics. Differences: Newcombe's (1998) combination of
the two intervals, which for shares is his hybrid score interval.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from samspill.callbacks.tally import width

Z = 1.959964
POWER = 0.841621  # four times of five
ENOUGH = 10
"""with fewer requests nothing is said"""


@dataclass(frozen=True)
class Estimate:
    """A figure between `low` and `high`, from `n` cases; without an interval where both are the figure itself."""

    value: float
    low: float
    high: float
    n: int

    @property
    def error(self) -> float:
        """Its standard error, as its interval tells."""
        return (self.high - self.low) / 2 / Z


def known(value: float) -> Estimate:
    """A figure somebody has told us."""
    return Estimate(value, value, value, 0)


def share(part: int, whole: int) -> Estimate | None:
    """`part` of `whole`; None of nothing."""
    if whole <= 0:
        return None
    p, over = part / whole, 1 + Z * Z / whole
    middle = (p + Z * Z / (2 * whole)) / over
    half = Z * math.sqrt(p * (1 - p) / whole + Z * Z / (4 * whole * whole)) / over
    return Estimate(p, min(max(0.0, middle - half), p), max(min(1.0, middle + half), p), whole)


def mean(n: int, total: float, squares: float) -> Estimate | None:
    """The mean of `n` numbers by their sum and the sum of their squares; None below one. One alone is unbounded
    upwards, so its interval is the number itself and `n` tells."""
    if n <= 0:
        return None
    value = total / n
    if n == 1:
        return Estimate(value, value, value, 1)
    from scipy.stats import t as student  # a second to load, and most processes show no report

    spread = max(squares - n * value * value, 0.0) / (n - 1)
    half = float(student.ppf(0.975, n - 1)) * math.sqrt(spread / n)
    return Estimate(value, value - half, value + half, n)


def median(waits: Mapping[str, int]) -> Estimate | None:
    """The middle of numbers kept in spans (lower end → how many), with the order statistics around it."""
    spans = sorted((float(lower), count) for lower, count in waits.items())
    n = sum(count for _, count in spans)
    if not n:
        return None
    half = Z * math.sqrt(n) / 2
    return Estimate(
        _at(spans, n / 2), _at(spans, max(n / 2 - half, 0.0)), _at(spans, min(n / 2 + half, float(n))), n
    )


def difference(left: Estimate, right: Estimate) -> Estimate:
    """How much more the left is, with its interval."""
    value = left.value - right.value
    down = math.hypot(left.value - left.low, right.high - right.value)
    up = math.hypot(left.high - left.value, right.value - right.low)
    return Estimate(value, value - down, value + up, left.n + right.n)


def is_shown(found: Estimate) -> bool:
    """Whether the difference is more than chance explains."""
    return found.low > 0 or found.high < 0


def more_needed(found: Estimate, requests: int) -> int | None:
    """How many more requests, in the same proportions, would show a difference of this size four times of five, where
    so many have left it open; None where it is next to nothing. Two leading digits: more would not be honest."""
    if abs(found.value) < 1e-9:
        return None
    more = requests * (((Z + POWER) * found.error / abs(found.value)) ** 2 - 1)
    if more <= 0:
        return 0
    digit = int(10 ** max(math.floor(math.log10(more)) - 1, 0))
    return math.ceil(more / digit) * digit


def _at(spans: list[tuple[float, int]], rank: float) -> float:
    """The number below which `rank` of them lie, taken to be spread evenly within their span."""
    passed = 0
    for lower, count in spans:
        if passed + count >= rank:
            return lower + width(lower) * (rank - passed) / count
        passed += count
    return spans[-1][0] + width(spans[-1][0])
