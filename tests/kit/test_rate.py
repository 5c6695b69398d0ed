import pytest

from samspill.kit import rate
from samspill.kit.models import RateCount
from samspill.kit.upkeep import tidy
from tests.at_once import at_once


@pytest.mark.django_db
def test_so_many_tries_and_no_more() -> None:
    for _ in range(3):
        rate.limit("test", "kari@example.no", most=3, per_s=3600)
    with pytest.raises(rate.TooMany) as refused:
        rate.limit("test", "kari@example.no", most=3, per_s=3600)
    assert 0 < refused.value.retry_after_s <= 3600


@pytest.mark.django_db
def test_others_and_other_things_are_counted_apart() -> None:
    rate.limit("test", "kari", most=1, per_s=3600)
    rate.limit("test", "ola", most=1, per_s=3600)
    rate.limit("other", "kari", most=1, per_s=3600)


@pytest.mark.django_db
def test_who_tried_is_not_readable() -> None:
    rate.limit("test", "kari@example.no", most=1, per_s=3600)
    assert "kari" not in str(RateCount.objects.values().get())


@pytest.mark.django_db(transaction=True)
def test_tries_at_once_are_counted_one_by_one() -> None:
    doings = [lambda: rate.limit("test", "kari", most=5, per_s=3600)] * 12
    assert [type(one).__name__ for one in at_once(*doings) if one is not None] == ["TooMany"] * 7


@pytest.mark.django_db
def test_old_counts_are_forgotten() -> None:
    rate.limit("test", "kari", most=5, per_s=3600)
    RateCount.objects.create(key="old", window=0)
    tidy.func(0)
    assert not RateCount.objects.filter(key="old").exists()
    assert RateCount.objects.count() == 1
