"""When people are there: in the company's own time, on its own days."""

from datetime import UTC, datetime

import pytest

from samspill.workspace.company import change_company
from samspill.workspace.delivery import delivery
from samspill.workspace.hours import opening
from samspill.workspace.models import Workspace
from tests.world import World

OSLO = Workspace(name="A", time_zone="Europe/Oslo", holidays=["2026-12-25"])
LUNCH = {"mon": [["08:00", "11:30"], ["12:00", "16:00"]]}


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-16T07:00", True),  # a Monday, 08:00 in Oslo
        ("2026-11-16T06:59", False),
        ("2026-11-16T15:59", True),
        ("2026-11-16T16:00", False),
        ("2026-07-13T06:00", True),  # summer time: 08:00 in Oslo again
        ("2026-11-21T10:00", False),  # Saturday
        ("2026-12-25T10:00", False),  # holiday
    ],
)
def test_open_and_closed(moment: str, is_open: bool) -> None:
    assert opening(OSLO, datetime.fromisoformat(moment).replace(tzinfo=UTC)).open_now is is_open


def test_after_friday_comes_monday() -> None:
    found = opening(OSLO, datetime(2026, 11, 20, 18, tzinfo=UTC))
    assert found.opens_at
    assert found.opens_at.isoformat() == "2026-11-23T08:00:00+01:00"


def test_a_break_closes_and_opens_again() -> None:
    shop = Workspace(name="A", time_zone="Europe/Oslo", hours=LUNCH)
    found = opening(shop, datetime(2026, 11, 16, 10, 45, tzinfo=UTC))
    assert not found.open_now
    assert found.opens_at
    assert found.opens_at.hour == 12


def test_who_never_opens_says_so() -> None:
    assert opening(Workspace(name="A", hours={}), datetime(2026, 11, 16, tzinfo=UTC)).opens_at is None


def test_delivery_is_looked_up_by_country_and_kind() -> None:
    row = {"country": "NO", "kind": "parcel", "days": "2", "cost": "99", "currency": "NOK"}
    shop = Workspace(name="A", delivery=[row])
    assert delivery(shop, "no", "parcel") == row
    assert delivery(shop, "SE", "parcel") is None


def test_the_company_keeps_what_was_filled_in(world: World) -> None:
    company = Workspace.objects.get()
    company.phone = "+47 22 00 00 00"
    change_company(company, by=world.astrid)
    assert Workspace.objects.get().phone == "+47 22 00 00 00"
