"""Columns of many rows, set by one statement."""

import json

import pytest

from samspill.contacts.models import Contact
from samspill.kit.rows import set_columns

pytestmark = pytest.mark.django_db


def test_only_the_rows_and_columns_that_are_named_change() -> None:
    made = Contact.objects.bulk_create([Contact(name=name, language="nb") for name in "abc"])
    columns = {"name": "text", "vip": "boolean", "attributes": "jsonb"}
    given = [(made[0].pk, "A", True, json.dumps({"a": ["ø"]})), (made[2].pk, "C", False, "{}")]
    set_columns("samspill_contact", columns, given)
    found = Contact.objects.order_by("pk").values_list("name", "vip", "attributes", "language")
    assert list(found) == [("A", True, {"a": ["ø"]}, "nb"), ("b", False, {}, "nb"), ("C", False, {}, "nb")]


def test_nothing_is_asked_of_the_database_for_nothing(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(0):
        set_columns("samspill_contact", {"name": "text"}, [])
