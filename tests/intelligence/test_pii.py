import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.intelligence.pii import find, redact, restore


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


def test_redacts_and_restores() -> None:
    text = "Jeg er a@b.no, kort 4111111111111111. Skriv til a@b.no! Se [email 1]."
    hidden, mapping = redact(text)
    assert hidden == "Jeg er [email 2], kort [card 1]. Skriv til [email 2]! Se [email 1]."
    assert restore(hidden, mapping) == text
    assert restore("Vi skrev til [email 2].", mapping) == "Vi skrev til a@b.no."


@given(st.text(max_size=80), st.sampled_from(["a@b.no", "4111111111111111", "+47 22 12 34 56", "A123456789"]))
def test_any_text_comes_back_whole(text: str, value: str) -> None:
    whole = f"{text} {value} {text}"
    assert restore(*redact(whole)) == whole
