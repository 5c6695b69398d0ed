"""What a text names besides days and hours, and that no text whatever breaks the finding."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspill.intelligence.entities.context import Context
from samspill.intelligence.entities.entity import LONGEST
from samspill.intelligence.entities.find import find
from samspill.intelligence.entities.products import Products

NOW = datetime(2026, 3, 11, 10, 0, tzinfo=ZoneInfo("Europe/Oslo"))
CATALOGUE = Products.of(
    [
        ("AUR-10", "Aurora Panel 410"),
        ("FJ-5", "Fjord Inverter 5"),
        ("FJ-8", "Fjord Inverter 8"),
        ("BAT", "北光電池"),
    ]
)


def found(text: str, language: str = "en", country: str = "NO", **more: object) -> list[tuple[str, str, str]]:
    context = Context(language, country, NOW, **more)  # type: ignore[arg-type]
    return [(one.kind, text[one.start : one.end], one.value) for one in find(text, context)]


@pytest.mark.parametrize(
    ("language", "country", "text", "piece", "value"),
    [
        ("nb", "NO", "det kostet 1 299,50 kr", "1 299,50 kr", "1299.50 NOK"),
        ("nb", "NO", "kr 500 for mye", "kr 500", "500 NOK"),
        ("nb", "NO", "2 000,- er dyrt", "2 000,-", "2000 NOK"),
        ("nb", "NO", "NOK 1.200.000 totalt", "NOK 1.200.000", "1200000 NOK"),
        ("nb", "NO", "fem hundre kroner", "fem hundre kroner", "500 NOK"),
        ("sv", "SE", "det kostar 99 kr", "99 kr", "99 SEK"),
        ("da", "DK", "det koster 99 kr", "99 kr", "99 DKK"),
        ("de", "DE", "kostet 1.299,50 €", "1.299,50 €", "1299.50 EUR"),
        ("de", "DE", "zwanzig Euro", "zwanzig Euro", "20 EUR"),
        ("en", "GB", "I paid £5.50", "£5.50", "5.50 GBP"),
        ("en", "US", "it was $1,299.50", "$1,299.50", "1299.50 USD"),
        ("en", "NO", "about 3k EUR", "3k EUR", "3000 EUR"),
        ("zh-Hant", "TW", "三千五百元", "三千五百元", "3500 TWD"),
        ("zh-Hant", "TW", "NT$1,200", "NT$1,200", "1200 TWD"),
        ("zh-Hant", "TW", "要3萬元", "3萬元", "30000 TWD"),
        ("zh-Hant", "TW", "1.5萬元", "1.5萬元", "15000 TWD"),
        ("zh-Hant", "TW", "$300", "$300", "300 TWD"),
    ],
)
def test_amounts(language: str, country: str, text: str, piece: str, value: str) -> None:
    assert found(text, language, country) == [("amount", piece, value)]


@pytest.mark.parametrize(
    ("language", "text", "piece", "value"),
    [
        ("nb", "ring 22 12 34 56", "22 12 34 56", "+4722123456"),
        ("nb", "mobil: 912 34 567", "912 34 567", "+4791234567"),
        ("de", "Tel. 030 12345678", "030 12345678", "+493012345678"),
        ("zh-Hant", "電話0912-345-678", "0912-345-678", "+886912345678"),
        ("en", "call +1 650-253-0000", "+1 650-253-0000", "+16502530000"),
        ("en", "call (650) 253-0000", "(650) 253-0000", "+16502530000"),
    ],
)
def test_phones(language: str, text: str, piece: str, value: str) -> None:
    assert found(text, language) == [("phone", piece, value)]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("jeg bor i Storgata 12B, 0155 Oslo.", "Storgata 12B, 0155 Oslo"),
        ("send til Karl Johans gate 5, 0154 Oslo", "Karl Johans gate 5, 0154 Oslo"),
        ("Ich wohne Am Markt 3, 50667 Köln", "Am Markt 3, 50667 Köln"),
        ("Hauptstraße 5, 10115 Berlin", "Hauptstraße 5, 10115 Berlin"),
        ("Unter den Linden 77, 10117 Berlin", "Unter den Linden 77, 10117 Berlin"),
        ("bitte an Goethestr. 12a, 80336 München", "Goethestr. 12a, 80336 München"),
        ("住在台北市信義區市府路45號5樓", "台北市信義區市府路45號5樓"),
        ("寄到新北市板橋區縣民大道二段7號", "新北市板橋區縣民大道二段7號"),
        ("221B Baker Street, London NW1 6XE", "221B Baker Street, London NW1 6XE"),
        (
            "at 1600 Pennsylvania Avenue NW, Washington, DC 20500",
            "1600 Pennsylvania Avenue NW, Washington, DC 20500",
        ),
    ],
)
def test_addresses(text: str, piece: str) -> None:
    assert found(text, "nb") == [("address", piece, piece)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("jeg heter kari nordmann og bor her", "kari nordmann"),
        ("Hei, det er Ola Hansen fra Bergen.", "Ola Hansen"),
        ("Mein Name ist Lukas Weber, hallo", "Lukas Weber"),
        ("ich heiße Anna-Lena Groß", "Anna-Lena Groß"),
        ("Bitte an Frau Müller", "Müller"),
        ("this is John Smith speaking", "John Smith"),
        ("My name is Siobhan O'Neill and I ordered a lamp", "Siobhan O'Neill"),
        ("Takk\nMvh\nKari Nordmann", "Kari Nordmann"),
        ("Mit freundlichen Grüßen\nHans Peter Schmidt", "Hans Peter Schmidt"),
        ("Best regards, Jane Doe", "Jane Doe"),
        ("我叫陳怡君，請幫我", "陳怡君"),
        ("您好，我是林志明，想問一下", "林志明"),
        ("王小明 敬上", "王小明"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert found(text, "nb") == [("name", name, name)]


@pytest.mark.parametrize(
    "text",
    ["I'm Norwegian", "I am happy with it", "Det er bra", "ich bin müde", "Jeg er hjemme", "this is great"],
)
def test_what_is_no_name(text: str) -> None:
    assert found(text) == []


def test_names_the_caller_knows() -> None:
    known = ("Ingrid Ås Berg", "陳怡君", "Storgata 12")
    assert [piece for _, piece, _ in found("Det er Ingrid på Storgata 12, hilsen怡君", "nb", names=known)] == [
        "Ingrid", "Storgata 12", "怡君",
    ]  # fmt: skip
    assert found("Bergen er fin", "nb", names=known) == []


@pytest.mark.parametrize(
    ("text", "piece", "sku"),
    [
        ("is the Aurora Panel 410 in stock", "Aurora Panel 410", "AUR-10"),
        ("the aurora panl 410 is cracked", "aurora panl 410", "AUR-10"),
        ("my fjord-invertor 5 beeps", "fjord-invertor 5", "FJ-5"),
        ("fj-8?", "fj-8", "FJ-8"),
        ("我的北光電地壞了", "北光電地", "BAT"),
    ],
)
def test_products_also_with_a_slip_of_the_pen(text: str, piece: str, sku: str) -> None:
    assert found(text, products=CATALOGUE) == [("product", piece, sku)]


def test_numbers_of_orders_and_articles() -> None:
    assert found("ordre ns 10234, vare 55-AB", "nb", articles=("00-AA",)) == [
        ("order_number", "ns 10234", "NS-10234"),
        ("article_number", "55-AB", "55-AB"),
    ]


def test_people() -> None:
    assert found("for 5 adults and 1 child") == [("people", "5 adults and 1 child", "6")]
    assert found("a table for 4 please") == [("people", "4", "4")]
    assert found("11", expects=frozenset({"people"})) == [("people", "11", "11")]


def test_only_the_beginning_of_something_huge_is_read() -> None:
    assert found("a" * LONGEST + " a@b.no") == []
    assert found("a@b.no " * 10_000)[-1][0] == "email"


PIECES = st.sampled_from(
    ["i morgen", "kl", "3", "halv", "tre", "–", "4.", "mai", "下週二", "下午", "三點", "NT$", "1 299,50", "kr", "Storgata", "12B",
     "0155 Oslo", "jeg heter", "Kari", "\ud800", "\u202e", "\x00", "😀", "ﷺ", "İ", "ß", "@", "a@b.no", "+47 22 12 34 56", "\n"]
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(PIECES | st.characters(), max_size=25),
    st.sampled_from(["nb", "de", "en", "zh-Hant", "fr", "", "xx"]),
)
def test_any_text_is_borne(parts: list[str], language: str) -> None:
    text, end = " ".join(parts), 0
    for one in find(text, Context(language, "NO", NOW, products=CATALOGUE)):
        assert end <= one.start < one.end <= len(text)
        end = one.end


@pytest.mark.parametrize(
    "text",
    ["Navnet er feil på fakturaen", "my name is wrong here", "call me back please", "Ich heiße Sie willkommen", "Mitt navn er stavet feil",
     "a problem with Fjord Inverter", "顧客姓名錯了", "我是客戶"],
)  # fmt: skip
def test_what_only_sounds_like_an_introduction(text: str) -> None:
    assert found(text) == []
