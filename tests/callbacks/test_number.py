"""What a phone number tells."""

import pytest

from samspill.callbacks.number import checked, country_of, kind_of, masked, shown, zones_of
from samspill.callbacks.people import person
from tests.world import World


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("912 34 567", "NO", "+4791234567"),
        ("0047 22 22 55 55", "NO", "+4722225555"),
        ("030 901820", "DE", "+4930901820"),
        ("0912-345-678", "TW", "+886912345678"),
        ("+1 (415) 555-2671", "NO", "+14155552671"),
        ("tel:+4791234567", "DE", "+4791234567"),
    ],
)
def test_numbers_as_people_write_them(text: str, country: str, found: str) -> None:
    assert checked(text, country) == found


def test_a_number_is_shown_whole_or_only_its_end() -> None:
    assert shown("+4722225555") == "+47 22 22 55 55"
    assert masked("+4722225555") == "+47 •• •• •• 55"


def test_what_a_number_tells() -> None:
    assert country_of("+886912345678") == "TW"
    assert kind_of("+4791234567") == "mobile"
    assert kind_of("+4722225555") == "fixed"
    assert zones_of("+4722225555") == ["Europe/Oslo"]


@pytest.mark.django_db
def test_the_number_counts_before_the_record(world: World) -> None:
    contact = world.ingrid.contact
    contact.country, contact.time_zone = "NO", "Europe/Oslo"
    contact.attributes = {"industry": " Bygg ", "role": "Daglig leder"}
    found = person(contact, "+886912345678")
    assert (found.country, found.zone) == ("TW", "Asia/Taipei")
    assert found.traits == ("bygg", "daglig leder", "mobile")


@pytest.mark.django_db
def test_where_a_number_may_lie_in_several_zones_the_record_chooses(world: World) -> None:
    contact = world.ingrid.contact
    contact.time_zone = "America/Denver"
    many = "+18005550199"
    assert len(zones_of(many)) != 1
    assert person(contact, many).zone == "America/Denver"
