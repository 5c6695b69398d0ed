from datetime import date

from samspill.callbacks.reach.almanac import almanac, day_number


def test_public_holidays_differ_by_country() -> None:
    days = almanac(["NO", "TW", "Atlantis"], [2026], {"Oslo": [(date(2026, 2, 16), date(2026, 2, 20))]})
    constitution = day_number(date(2026, 5, 17))
    assert constitution in days.public["NO"]
    assert constitution not in days.public["TW"]
    assert "Atlantis" not in days.public
    assert days.school["Oslo"] == frozenset(
        range(day_number(date(2026, 2, 16)), day_number(date(2026, 2, 20)) + 1)
    )
