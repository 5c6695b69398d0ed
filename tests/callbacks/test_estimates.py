"""Intervals, against published examples and by their own laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.callbacks import estimates
from samspill.callbacks.estimates import Estimate


def test_a_share_is_wilsons() -> None:
    """Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662."""
    found = estimates.share(81, 263)
    assert found
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)


def test_a_difference_of_shares_is_newcombes() -> None:
    """Newcombe 1998 (unpaired), example a: 56/70 less 48/80 gives 0.0524 to 0.3339 by method 10."""
    one, two = estimates.share(56, 70), estimates.share(48, 80)
    assert one
    assert two
    found = estimates.difference(one, two)
    assert (round(found.value, 4), round(found.low, 4), round(found.high, 4)) == (0.2, 0.0524, 0.3339)


def test_a_mean_is_students() -> None:
    numbers = [1, 2, 3, 4]
    found = estimates.mean(4, sum(numbers), sum(n * n for n in numbers))
    assert found
    assert found.value == 2.5
    assert found.high == pytest.approx(2.5 + 3.182446 * 1.290994 / 2, abs=1e-5)


def test_a_median_lies_in_its_span() -> None:
    found = estimates.median({"0": 3, "1": 1, "12": 5})
    assert found
    assert 12 <= found.value < 13
    assert found.low < 1 < found.high


def test_nothing_gives_nothing() -> None:
    assert estimates.share(0, 0) is None
    assert estimates.mean(0, 0, 0) is None
    assert estimates.median({}) is None


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_in_its_interval(case: tuple[int, int]) -> None:
    found = estimates.share(*case)
    assert found
    assert 0 <= found.low <= found.value <= found.high <= 1
    other = estimates.share(case[1] - case[0], case[1])
    assert other
    assert found.low == pytest.approx(1 - other.high)


def test_how_many_more_is_the_textbooks() -> None:
    """As many as the usual formula for two equal groups asks for, 80 % power."""
    from scipy.stats import norm  # a second in every worker, at collection

    one, two = estimates.share(45, 100), estimates.share(35, 100)
    assert one
    assert two
    more = estimates.more_needed(estimates.difference(one, two), 200)
    each = (norm.ppf(0.975) + norm.ppf(0.8)) ** 2 * (0.45 * 0.55 + 0.35 * 0.65) / 0.1**2
    assert more == pytest.approx(2 * each - 200, rel=0.05)


def test_next_to_no_difference_asks_for_no_number() -> None:
    assert estimates.more_needed(Estimate(0.0, -0.1, 0.1, 50), 50) is None
