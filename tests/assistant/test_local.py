"""The brain that runs everywhere."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from samspill.assistant.brains.examples import control, training_set
from samspill.assistant.brains.intents import Intents
from samspill.assistant.brains.local import LocalBrain
from samspill.assistant.brains.turn import Turn
from samspill.assistant.brains.vectors import VectorCache
from samspill.flows.catalogue import build
from samspill.flows.commands import Answer, Command, Set, Start
from samspill.flows.flow import LANGUAGES
from samspill.flows.state import State
from samspill.intelligence.encoder import Vectors
from samspill.intelligence.errors import ModelUnavailable
from tests.flows.talk import verified

CATALOGUE = build()
BRAIN = LocalBrain(Intents.train(training_set(CATALOGUE)))


class Counting:
    """An encoder that counts, and can be down."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.down = False

    def embed(self, texts: Sequence[str], kind: str) -> Vectors:
        if self.down:
            raise ModelUnavailable("down")
        self.seen += texts
        return np.array([[hash(text) % 97, len(text), 1] for text in texts], np.float32)


def decide(text: str, state: State | None = None, language: str = "en") -> list[Command]:
    return BRAIN.decide(Turn(text, language, state or State(), CATALOGUE))


@pytest.mark.parametrize(
    ("language", "text", "flow"),
    [
        ("nb", "Hvor er pakken min?", "order_status"),
        ("de", "wo ist denn mein Paket", "order_status"),
        ("zh-Hant", "請問我的訂單到哪了", "order_status"),
        ("en", "wheres my order", "order_status"),
        ("nb", "vil returnere en vare", "return_item"),
        ("de", "möchte etwas zurückschicken", "return_item"),
        ("zh-Hant", "我想退貨", "return_item"),
        ("en", "what are your opening hours", "opening_hours"),
        ("de", "was kostet der versand", "delivery"),
    ],
)
def test_wishes_are_understood_without_a_model(language: str, text: str, flow: str):
    assert decide(text, language=language)[0] == Start(flow)


def test_what_is_in_the_sentence_is_not_asked_again():
    assert decide("where is my order #10482") == [Start("order_status"), Set("order_number", "NS-10482")]


def test_an_unknown_question_goes_to_the_articles():
    assert decide("does the duvet contain zirconium dust") == [
        Answer("does the duvet contain zirconium dust")
    ]


def test_a_postcode_is_no_order_number_unless_we_asked():
    assert decide("where is my order, I live in 10115 Berlin") == [Start("order_status")]
    talk = verified()
    talk.turn(Start("order_status"))
    assert decide("it's 10482 I think", talk.state) == [Set("order_number", "NS-10482")]


def test_what_cannot_be_read_is_left_to_the_engine():
    talk = verified()
    talk.turn(Start("order_status"))
    assert decide("purple", talk.state) == [Set("order_number", "purple")]


def test_a_correction_at_the_confirmation():
    talk = verified()
    talk.turn(Start("return_item"), Set("order_number", "NS-10483"), Set("reason", "broken"))
    assert decide("no, the order is NS-10482", talk.state) == [Set("order_number", "NS-10482")]
    assert decide("it is too small", talk.state) == [Set("reason", "does_not_fit")]


def test_phrases_are_embedded_once(tmp_path: Path):
    encoder = Counting()
    examples = training_set(CATALOGUE, [("en", "Warranty")])
    Intents.train(examples, VectorCache(encoder, tmp_path))
    first = len(encoder.seen)
    Intents.train(
        [*examples, *training_set(CATALOGUE, [("en", "Gift cards")])], VectorCache(encoder, tmp_path)
    )
    assert encoder.seen[first:] == ["Gift cards"]


def test_a_cut_cache_costs_one_pass_only(tmp_path: Path):
    VectorCache(Counting(), tmp_path).embed(["a"])
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"PK half a file")
    assert VectorCache(Counting(), tmp_path).embed(["a", "b"]).shape == (2, 3)


def test_without_the_encoder_the_keywords_answer(tmp_path: Path):
    encoder = Counting()
    intents = Intents.train(training_set(CATALOGUE), VectorCache(encoder, tmp_path))
    encoder.down = True
    assert intents.guess("where is my order", "en").label == "order_status"
    untrained = Intents.train(training_set(CATALOGUE), VectorCache(encoder, tmp_path / "other"))
    assert untrained.guess("where is my order", "en").label == "order_status"


def test_control_phrases_cover_the_four_languages():
    counted = {(phrase.label, phrase.language) for phrase in control()}
    assert counted == {
        (label, language) for label in {label for label, _ in counted} for language in LANGUAGES
    }
