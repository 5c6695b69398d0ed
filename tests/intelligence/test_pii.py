import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.intelligence import checksums
from samspill.intelligence.entities.numbers import OrderNumbers
from samspill.intelligence.pii import Mask, find, redact, restore


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("skriv til ola.nordmann+x@firma.co.uk.", "email", "ola.nordmann+x@firma.co.uk"),
        ("ring 22 12 34 56 i dag", "phone", "22 12 34 56"),
        ("Tel. 030 12345678 bitte", "phone", "030 12345678"),
        ("我的手機是0912-345-678", "phone", "0912-345-678"),
        ("call +1 650 253 0000", "phone", "+1 650 253 0000"),
        ("kort 4111 1111 1111 1111 ok", "card", "4111 1111 1111 1111"),
        ("IBAN DE89 3704 0044 0532 0130 00 OK", "iban", "DE89 3704 0044 0532 0130 00"),
        ("konto NO9386011117947.", "iban", "NO9386011117947"),
        ("fnr 018100 00186", "national_id_no", "018100 00186"),
        ("Steuer-ID 86 095 742 719", "national_id_de", "86 095 742 719"),
        ("身分證A123456789", "national_id_tw", "A123456789"),
        ("身分證Ａ１２３４５６７８９", "national_id_tw", "Ａ１２３４５６７８９"),
        ("居留證A800000014", "national_id_tw", "A800000014"),
        ("舊居留證AC01234567", "national_id_tw", "AC01234567"),
        ("konto 8601.11.17947 takk", "account", "8601.11.17947"),
        ("kontonummer: 86011117947", "account", "86011117947"),
        ("cpr 311299-1234", "national_id_dk", "311299-1234"),
        ("personnummer 811228-9874", "national_id_se", "811228-9874"),
        ("hetu 131052-308T", "national_id_fi", "131052-308T"),
        ("no93 8601 1117 947", "iban", "no93 8601 1117 947"),
        ("我的信箱是ming@example.tw謝謝", "email", "ming@example.tw"),
        ("Jeg heter Kari Nordmann.", "name", "Kari Nordmann"),
        ("Bor i Storgata 12B, 0155 Oslo", "address", "Storgata 12B, 0155 Oslo"),
    ],
)
def test_finds(text: str, kind: str, value: str) -> None:
    found = find(text)
    assert [(one.kind, text[one.start : one.end]) for one in found] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112",
        "DE89370400440532013001",
        "01810000187",
        "86095742718",
        "A123456788",
        "ordre 1234",
        "den 3.5.2026 kl. 14:30",
        "a@b",
        "",
    ],
)
def test_leaves_the_rest_alone(text: str) -> None:
    assert find(text, regions=()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ordre NS-10234 fra 12.05.2026 på 1 299 000 kr",
        "Bestellung 40012345 vom 12.05.2026 über 1.299,50 €",
        "訂單編號：20260512001，金額NT$12,345,678",
        "sporing 370123456789012345",
        "Invoice no. 12345678, due 2026-05-12 14:30",
        "serienummer 98765432",
        "version 10.20.30.40 og 1.234.567,89",
        "Betrag 12345678 €",
        "hver 1-2-3 eller 4/5/2026",
        "jeg vil ha 3 paneler til 12 000 000",
    ],
)
def test_numbers_of_other_kinds_are_kept(text: str) -> None:
    assert find(text) == []


def test_the_companys_own_numbers_are_nobodys_phone() -> None:
    assert find("22123456")
    assert find("#22123456", numbers=OrderNumbers("00000000")) == []


def _tax_id(first: str) -> str:
    """By ISO 7064 MOD 11,10, as the Federal Central Tax Office publishes it."""
    product = 10
    for digit in first:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return first + str((11 - product) % 10)


@pytest.mark.parametrize(
    ("first", "valid"),
    [
        ("8609574271", True),
        ("1112345678", True),
        ("1123456789", True),
        ("1122345678", False),
        ("1234567890", False),
    ],
)
def test_german_tax_ids_repeat_one_digit(first: str, valid: bool) -> None:
    assert checksums.german_tax_id(_tax_id(first)) is valid


def test_one_wrong_digit_is_noticed() -> None:
    for number, check in [
        ("86011117947", checksums.norwegian_account), ("01810000186", checksums.norwegian_id),
        ("86095742719", checksums.german_tax_id), ("A123456789", checksums.taiwanese_id),
        ("8112289874", checksums.swedish_id), ("4111111111111111", checksums.card),
    ]:  # fmt: skip
        assert check(number)
        for place in range(1, len(number)):
            wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
            assert not check(wrong), wrong


def test_a_customer_is_known_by_the_record() -> None:
    mask = Mask(known=["Ingrid Ås", "ingrid@x.no"])
    assert mask.hide("Ingrid her") == "[name 1] her"
    assert mask.hide("Hei INGRID ÅS") == "Hei [name 2]"
    assert restore("[name 1] og [name 2]", mask.mapping) == "Ingrid og INGRID ÅS"


def test_redacts_and_restores() -> None:
    text = "Jeg er a@b.no, kort 4111111111111111. Skriv til a@b.no! Se [email 1]."
    hidden, mapping = redact(text)
    assert hidden == "Jeg er [email 2], kort [card 1]. Skriv til [email 2]! Se [email 1]."
    assert restore(hidden, mapping) == text
    assert restore("Vi skrev til [email 2].", mapping) == "Vi skrev til a@b.no."


@settings(deadline=None)
@given(st.text(max_size=80), st.sampled_from(["a@b.no", "4111111111111111", "+47 22 12 34 56", "A123456789"]))
def test_any_text_comes_back_whole(text: str, value: str) -> None:
    whole = f"{text} {value} {text}"
    assert restore(*redact(whole)) == whole
