import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.intelligence.clean import clean
from samspill.intelligence.mood import MOVES, PRESSES, read_without_model
from samspill.intelligence.mood_words import signs


def _kinds(text: str, language: str) -> set[str]:
    return {sign.kind for sign in signs(clean(text), language)}


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("nb", "Dette er søppel, jeg vil klage", {"strong", "complaint"}),
        ("nb", "Tredje gangen jeg spør, hvor lenge må jeg vente??", {"again", "waiting", "asking"}),
        ("nb", "Takk for ingenting", {"sarcasm"}),
        ("nb", "Må ha svar innen klokka 15", {"deadline"}),
        ("de", "Verdammt, ich schreibe zum dritten Mal", {"strong", "again"}),
        ("de", "Ich will mich beschweren, das geht an meinen Anwalt", {"complaint"}),
        ("de", "Ich brauche es in einer Stunde, es ist dringend", {"deadline", "urgent"}),
        ("de", "Es eilt nicht", {"calm"}),
        ("en", "THIS IS TOTALLY USELESS!!!", {"strong", "shouting", "exclaiming"}),
        ("en", "Fantastic, thank you 😊", {"praise", "thanks", "glad_face"}),
        ("en", "No rush, but the deadline is Friday", {"calm", "stakes"}),
        ("en", "There is smoke coming out of the inverter", {"danger"}),
        ("zh-Hant", "爛透了，我要客訴", {"strong", "complaint"}),
        ("zh-Hant", "第三次了，還要等多久？？", {"again", "waiting", "asking"}),
        ("zh-Hant", "今天下午前要用，很急", {"deadline", "urgent"}),
        ("zh-Hant", "謝謝，太棒了", {"thanks", "praise"}),
        ("zh-Hans", "我要投诉，太过分", {"complaint", "strong"}),
        ("sv", "Det är bråttom, jag måste ha det före fredag", {"urgent", "deadline"}),
        ("nl", "Belachelijk, ik wil een klacht indienen", {"strong", "complaint"}),
        ("ko", "최악이네요, 급해요", {"strong", "urgent"}),
    ],
)
def test_finds_what_speaks(language: str, text: str, kinds: set[str]) -> None:
    assert _kinds(text, language) == kinds


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Hvor er pakken min?"),
        ("de", "Die Bestellung vor einer Stunde, Nummer ABCD-EFGH"),
        ("en", "I ordered it an hour ago for my brand new roof"),
        ("en", "Order SAMS-1234, IBAN DE02"),
        ("zh-Hant", "請問星期六營業到幾點？"),
        ("sv", "Var hittar jag kvittot?"),
    ],
)
def test_plain_questions_say_nothing(language: str, text: str) -> None:
    assert _kinds(text, language) == set()


def test_words_of_one_language_mean_nothing_in_another() -> None:
    long = "Jeg er en stor fan av solceller og lurer på hva slags panel dere ville valgt"
    assert "strong" not in _kinds(long, "nb")
    assert "strong" in _kinds("Vad fan håller ni på med egentligen, jag fattar ingenting av det här", "sv")


def test_every_kind_moves_something() -> None:
    found = {"strong", "complaint", "sarcasm", "again", "waiting", "thanks", "praise", "urgent", "danger"}
    assert found | {"stakes", "calm", "deadline"} <= {*MOVES, *PRESSES}


def test_words_alone_give_urgency_and_no_mood() -> None:
    pressing, silent = read_without_model("Haster!", "nb"), read_without_model("Hei!!", "nb")
    assert pressing.mood == ""
    assert (pressing.urgency or 0) > 0.6
    assert (silent.urgency, list(silent.reasons)) == (None, [])


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["", "nb", "de", "zh-Hant", "en", "ja", "und"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    plain = clean(text)
    for sign in signs(plain, language):
        assert sign.words.lower() in plain.lower()


def test_reading_the_words_is_cheap() -> None:
    text = clean(
        "Jeg har ventet på pakken min i tre uker nå, og ingen svarer. Jeg trenger den innen fredag! " * 5
    )
    signs(text, "nb")
    begun = time.process_time()
    for _ in range(100):
        signs(text, "nb")
    assert (time.process_time() - begun) / 100 < 0.002
