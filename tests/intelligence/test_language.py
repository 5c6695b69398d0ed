import pytest

from samspill.intelligence.language import detect

COMPANY = ("nb", "de", "en", "zh-Hant")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hei, hva skjer med bestillingen min nå?", "nb"),
        ("Eg har ikkje fått pengane mine tilbake", "nn"),
        ("Hej, hvad er der sket med min pakke? Jeg vil gerne have hjælp", "da"),
        ("Hej, var är mitt paket?", "sv"),
        ("Wo ist mein Paket?", "de"),
        ("I want my money back", "en"),
        ("Waar blijft mijn bestelling?", "nl"),
        ("Je n'ai pas reçu ma commande", "fr"),
        ("¿Dónde está mi pedido?", "es"),
        ("Dov'è il mio ordine?", "it"),
        ("Onde está a minha encomenda?", "pt"),
        ("Gdzie jest moja paczka?", "pl"),
        ("Missä tilaukseni on?", "fi"),
        ("荷物はどこですか", "ja"),
        ("주문한 상품이 어디에 있나요?", "ko"),
        ("我的訂單3天了還沒出貨", "zh-Hant"),
        ("我的订单在哪里？怎么还没发货", "zh-Hans"),
    ],
)
def test_knows_the_language(text: str, code: str) -> None:
    assert detect(text).code == code


@pytest.mark.parametrize(
    "text", ["", "ok", "48213", "AB-12345-X", "👍👍", "...", "Где мой заказ?", "https://x.no/a"]
)
def test_says_so_when_there_is_none(text: str) -> None:
    assert detect(text, COMPANY, ("nb",)).code == "und"


def test_the_company_and_the_conversation_decide_close_calls() -> None:
    assert detect("hvor er pakken").code == "da"
    assert detect("hvor er pakken", expected=COMPANY).code == "nb"
    assert detect("hvor er pakken", history=["nb"]).code == "nb"
    assert detect("你好", history=["zh-Hans"]).code == "zh-Hans"
    assert detect("你好").code == "zh-Hant"


def test_a_clear_message_beats_the_history() -> None:
    assert detect("Ich möchte bitte meine Rechnung haben", COMPANY, ["nb", "nb"]).code == "de"
