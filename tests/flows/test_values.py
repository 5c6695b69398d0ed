"""What slots accept, however it is typed."""

from datetime import date, datetime

import pytest

from samspill.flows.flow import Slot
from samspill.flows.texts import fill
from samspill.flows.values import Surroundings, accept
from samspill.intelligence.entities.context import Context
from samspill.intelligence.entities.numbers import OrderNumbers
from samspill.intelligence.entities.times import find_day

AROUND = Surroundings("en", "2026-03-10T12:00:00")


@pytest.mark.parametrize(
    "typed",
    ["NS-10482", "ns 10482", "#10482", "ＮＳ－１０４８２", "10482", "ns10482", "NS – 10482.", "Ns_10482"],
)
def test_an_order_number_in_any_clothes(typed: str):
    assert OrderNumbers().read(typed) == "NS-10482"


@pytest.mark.parametrize("typed", ["", "NS-1048", "NS-104822", "hello", "1.048,2", "NS-10482 and more"])
def test_what_is_no_order_number(typed: str):
    assert OrderNumbers().read(typed) is None


def test_order_numbers_in_a_sentence():
    numbers = OrderNumbers()
    assert numbers.find("is ns 10482 or #10483 late?") == ["NS-10482", "NS-10483"]
    assert numbers.find("我的訂單是ＮＳ-１０４８２謝謝") == ["NS-10482"]
    assert numbers.find("I live in 10115 Berlin") == []
    assert numbers.find_bare("it is 10482 thanks") == ["NS-10482"]
    assert numbers.find_bare("that was 10482,50 euros") == []


def test_another_company_writes_its_numbers_otherwise():
    assert OrderNumbers("AB/0000").read("ab 1234") == "AB/1234"
    assert OrderNumbers("00000000").find("order #12345678") == ["12345678"]


@pytest.mark.parametrize(
    ("type", "typed", "value"),
    [
        ("email", "Kari@Example.no", "kari@example.no"),
        ("email", "kari at example", None),
        ("number", "3,5", 3.5),
        ("number", "three", None),
        ("code", "482 913", "482913"),
        ("code", "４８２９１３", "482913"),
        ("code", "48291", None),
        ("country", "Norge", "NO"),
        ("country", "deutschland", "DE"),
        ("country", "台灣", "TW"),
        ("country", "Atlantis", None),
        ("yes_no", "yes", True),
        ("yes_no", "maybe", None),
        ("date", "tomorrow", "2026-03-11"),
        ("date", "in two weeks", "2026-03-24"),
        ("time", "at half past two", "14:30"),
        ("time", "tomorrow at 9", "09:00"),
        ("moment", "on Friday at 3pm", "2026-03-13T15:00"),
        ("moment", "on Friday", None),
        ("text", "  ", None),
    ],
)
def test_each_type_takes_what_it_should(type: str, typed: str, value: object):
    assert accept(Slot("slot", type), typed, AROUND) == value


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-04-01", date(2026, 4, 1)),
        ("1.4.", date(2026, 4, 1)),
        ("01.02.27", date(2027, 2, 1)),
        ("3月15日", date(2026, 3, 15)),
        ("på fredag", date(2026, 3, 13)),
        ("übermorgen", date(2026, 3, 12)),
        ("i overmorgen", date(2026, 3, 12)),
        ("30.2.2026", None),
        ("someday", None),
    ],
)
def test_dates_as_people_say_them(typed: str, day: date | None):
    assert find_day(typed, Context(now=datetime(2026, 3, 10, 12), expects=frozenset({"date"}))) == day


def test_sentences_are_filled_as_people_write():
    values = {"order": {"day": "2026-03-12", "cost": {"amount": 79, "currency": "NOK"}, "names": ["a", "b"]}}
    assert fill("{order.day|date}", values, "nb") == "12. mars 2026"
    assert fill("{order.day|date}", values, "zh-Hant") == "2026年3月12日"
    assert fill("{order.names|list}", values, "de") == "a und b"
    assert "79" in fill("{order.cost|money}", values, "nb")
    assert fill("{order.nothing} {missing|money}x", values, "en") == "x"
    assert fill("{order.day|money}", values, "en") == "2026-03-12"
