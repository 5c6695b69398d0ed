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
        ("Ürün elime kırık ulaştı", "tr"),
        ("Produsul a ajuns spart", "ro"),
        ("Balíček přišel rozbitý", "cs"),
        ("Törötten érkezett a csomag", "hu"),
        ("Hàng đến nơi đã bị vỡ", "vi"),
        ("Barangnya sampai dalam keadaan pecah", "id"),
        ("Prekė atkeliavo sudužusi", "lt"),
        ("Paket je stigao oštećen", "sr"),
        ("Пакет је стигао оштећен", "sr"),
        ("Товар пришёл разбитым", "ru"),
        ("Товар прийшов розбитим", "uk"),
        ("Тауар сынып келді", "kk"),
        ("Το δέμα έφτασε σπασμένο", "el"),
        ("وصل الطرد مكسورا", "ar"),
        ("सामान टूटा हुआ आया", "hi"),
        ("ของมาถึงแล้วแต่แตก", "th"),
        ("החבילה הגיעה שבורה", "he"),
        ("荷物はどこですか", "ja"),
        ("주문한 상품이 어디에 있나요?", "ko"),
        ("我的訂單3天了還沒出貨", "zh-Hant"),
        ("我的订单在哪里？怎么还没发货", "zh-Hans"),
    ],
)
def test_knows_the_language(text: str, code: str) -> None:
    assert detect(text).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kan dere sende meg en ny faktura?", "nb"),
        ("Varen kom for sent, og esken var knust", "nb"),
        ("Kva tid opnar butikken?", "nn"),
        ("Det er noko gale med rekninga", "nn"),
        ("Kan I sende mig en ny faktura?", "da"),
        ("Jeg fik den forkerte farve, hvad gør jeg nu?", "da"),
        ("Kan ni skicka en ny faktura till mig?", "sv"),
        ("Varan kom för sent och lådan var trasig", "sv"),
    ],
)
def test_tells_the_scandinavian_neighbours_apart(text: str, code: str) -> None:
    assert detect(text).code == code


@pytest.mark.parametrize(
    "text", ["", "ok", "48213", "AB-12345-X", "👍👍", "...", "https://x.no/a", "kari@example.org", "x"]
)
def test_says_so_when_there_is_none(text: str) -> None:
    assert detect(text, COMPANY, ("nb",)).code == "und"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wann läuft heute The World According to Paris", "de"),
        ("Spill av From South Africa to South Carolina på kjøkkenet", "nb"),
        ("將 The House of the Yellow Carpet 加入清單", "zh-Hant"),
        ("У меня не работает Samsung Galaxy Ultra", "ru"),
    ],
)
def test_a_foreign_title_does_not_decide(text: str, code: str) -> None:
    assert detect(text).code == code


@pytest.mark.parametrize(
    ("text", "code", "also"),
    [
        ("Hei, jeg venter fortsatt på pakken fra forrige uke. Where is it?", "nb", "en"),
        ("Ich warte seit drei Wochen auf mein Paket. Where is it?", "de", "en"),
        ("我的包裹在哪裡？還沒有收到 please help me find it", "zh-Hant", "en"),
    ],
)
def test_a_mixed_message_has_a_main_language_and_others(text: str, code: str, also: str) -> None:
    found = detect(text)
    assert (found.code, found.also) == (code, (also,))


@pytest.mark.parametrize("text", ["Hei! Hvor er pakken min? Jeg venter.", "Wo ist mein Paket, bitte? Danke!"])
def test_a_message_in_one_language_has_no_others(text: str) -> None:
    assert detect(text, COMPANY).also == ()


def test_the_company_and_the_conversation_decide_close_calls() -> None:
    assert detect("hvor er pakken", expected=COMPANY).code == "nb"
    assert detect("hvor er pakken", expected=["da", "en"]).code == "da"
    assert detect("hvor er pakken", history=["nb", "nb"]).code == "nb"
    assert detect("hvor er pakken", history=["da", "da"]).code == "da"
    assert detect("你好", history=["zh-Hans"]).code == "zh-Hans"
    assert detect("你好").code == "zh-Hant"


def test_a_clear_message_beats_the_history() -> None:
    assert detect("Ich möchte bitte meine Rechnung haben", COMPANY, ["nb", "nb"]).code == "de"
