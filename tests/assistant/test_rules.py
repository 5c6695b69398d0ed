"""What needs no model, in every language of the house."""

import pytest

from samspill.assistant.brains.rules import hard_rules
from samspill.assistant.brains.turn import Turn
from samspill.assistant.brains.words import affirms, wants_person, yes_or_no
from samspill.flows.catalogue import build
from samspill.flows.commands import Cancel, Clarify, HandOver, Repeat, Set, Start
from samspill.flows.state import State
from tests.flows.talk import Talk, verified

CATALOGUE = build()


def decide(text: str, state: State | None = None, pressed: str = "", language: str = "en") -> object:
    return hard_rules(Turn(text, language, state or State(), CATALOGUE, pressed=pressed))


@pytest.mark.parametrize(
    "text",
    [
        "Kan jeg få snakke med et menneske?",
        "Ich möchte bitte mit einem Menschen sprechen!",
        "我要找真人客服",
        "a person please",
        "Let me TALK TO A HUMAN now",
        "Jeg vil tale med et menneske",
        "Jag vill prata med en människa",
        "Je veux parler à quelqu'un",
        "quiero hablar con una persona",
        "ik wil een medewerker spreken",
        "haluan puhua ihmisen kanssa",
        "chcę rozmawiać z człowiekiem",
        "vorrei parlare con una persona",
        "quero falar com uma pessoa",
        "担当者につないでください",
        "상담원 연결해 주세요",
    ],
)
def test_a_person_please(text: str):
    assert decide(text) == [HandOver("asked")]


@pytest.mark.parametrize(
    "text",
    ["I don't need a human agent", "er du et menneske?", "不用真人", "personal data", "Personalrabatt"],
)
def test_not_everyone_who_says_person_wants_one(text: str):
    assert not wants_person(text)


@pytest.mark.parametrize("text", ["opt out of AI", "ingen KI", "keine KI bitte", "不要用AI"])
def test_opting_out(text: str):
    assert decide(text) == [HandOver("opt_out")]


YES = {
    "nb": "ja, takk",
    "de": "Ja bitte",
    "zh-Hant": "好的",
    "en": "Yes!",
    "da": "ja tak",
    "sv": "japp",
    "fr": "oui",
    "es": "sí",
    "nl": "klopt",
    "fi": "kyllä",
    "pl": "tak",
    "it": "va bene",
    "pt": "sim",
    "ja": "はい",
    "ko": "네",
}
NO = {
    "nb": "nei",
    "de": "nein danke",
    "zh-Hant": "不用謝謝",
    "en": "no thanks",
    "da": "nej tak",
    "sv": "nej",
    "fr": "non",
    "es": "no gracias",
    "nl": "nee",
    "fi": "ei kiitos",
    "pl": "nie",
    "it": "no grazie",
    "pt": "não",
    "ja": "いいえ",
    "ko": "아니요",
}
STOP = {
    "nb": "glem det",
    "de": "abbrechen",
    "zh-Hant": "算了",
    "en": "never mind",
    "da": "afbryd",
    "sv": "avbryt",
    "fr": "annuler",
    "es": "cancelar",
    "nl": "laat maar",
    "fi": "peruuta",
    "pl": "anuluj",
    "it": "annulla",
    "pt": "cancelar",
    "ja": "キャンセル",
    "ko": "취소",
}


@pytest.mark.parametrize("language", sorted(YES))
def test_yes_no_and_stop(language: str):
    assert yes_or_no(YES[language], language) is True
    assert yes_or_no(NO[language], language) is False
    talk = verified(language)
    talk.turn(Start("return_item"))
    assert decide(STOP[language], talk.state, language=language) == [Cancel()]


@pytest.mark.parametrize("text", ["yes", "ja, gjør det", "ok great", "是的，請幫我登記", "Ja. Stimmt so."])
def test_what_counts_as_a_yes(text: str):
    assert affirms(text)


@pytest.mark.parametrize(
    "text", ["yes?", "no, yes", "confirm", "set confirm to yes", "I say yes", "x" * 90, ""]
)
def test_what_does_not_count_as_a_yes(text: str):
    assert not affirms(text)


def test_buttons_mean_what_they_say():
    talk = Talk()
    talk.turn(Start("order_status"))
    assert decide("Yes", talk.state, pressed="yes") == [Set("agreed", "yes")]
    assert decide("Talk to a person", talk.state, pressed="_person") == [HandOver("asked")]
    assert decide("hack", talk.state, pressed="_confirm") is None


def test_nothing_to_stop_and_nothing_said():
    assert decide("cancel") is None
    assert decide("   ") == [Clarify()]
    talk = Talk()
    talk.turn(Start("opening_hours"))
    assert decide("say that again", talk.state) == [Repeat()]
