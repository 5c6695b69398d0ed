import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.intents import IntentModel, spoken
from samspill.intelligence.local_encoder import LocalEncoder

WANTED = {
    "delivery": [
        "Where is my parcel?", "When will it arrive?", "Track my order", "My package is late",
        "Has my order been sent?", "The courier did not come", "How long does shipping take?", "Still no delivery",
    ],
    "refund": [
        "I want my money back", "How do I return this?", "Refund please", "Can I send it back?",
        "It does not fit, I want to return it", "When do I get my refund?", "Return label", "Cancel and refund me",
    ],
    "hours": [
        "When do you open?", "Opening hours on Sunday", "Are you open today?", "What time do you close?",
        "Is the shop open on Saturday?", "Your opening times", "Open during Easter?", "How late are you open?",
    ],
}  # fmt: skip
TEXTS = [text for group in WANTED.values() for text in group]
LABELS = [label for label, group in WANTED.items() for _ in group]
CODES = ["en"] * len(TEXTS)


@pytest.fixture(scope="module")
def vectors(encoder: LocalEncoder) -> Vectors:
    return encoder.embed(TEXTS, "query")


@pytest.fixture(scope="module")
def model(vectors: Vectors) -> IntentModel:
    return IntentModel.train(TEXTS, LABELS, CODES, vectors)


def read(model: IntentModel, encoder: LocalEncoder, *texts: str, code: str = "en"):
    return model.read(texts, [code] * len(texts), encoder.embed(texts, "query"))


def test_english_examples_teach_norwegian_german_and_chinese(
    model: IntentModel, encoder: LocalEncoder
) -> None:
    asked = ["Hvor er pakken min?", "Ich möchte mein Geld zurück", "你們幾點開門？"]
    found = model.read(asked, ["nb", "de", "zh-Hant"], encoder.embed(asked, "query"))
    assert [one.label for one in found] == ["delivery", "refund", "hours"]


def test_probabilities_add_up_and_stand_best_first(model: IntentModel, encoder: LocalEncoder) -> None:
    (found,) = read(model, encoder, "Where is it?")
    assert sum(chance for _, chance in found.ranked) == pytest.approx(1, abs=1e-4)
    assert found.confidence == max(chance for _, chance in found.ranked)
    assert 0 <= found.known <= 1


def test_what_has_nothing_to_do_with_it_is_less_known(model: IntentModel, encoder: LocalEncoder) -> None:
    known = read(model, encoder, "Where is my package?", "I would like to return it", "Are you open now?")
    strange = read(model, encoder, "Who won the war of 1812?", "Write a poem on rain", "Integrate x squared")
    assert min(one.known for one in known) > max(one.known for one in strange)


def test_bytes_bring_the_same_model_back(model: IntentModel, encoder: LocalEncoder) -> None:
    again = IntentModel.from_bytes(model.to_bytes())
    before, after = (read(one, encoder, "Where is my parcel?", "refund")[0] for one in (model, again))
    assert (before.label, after.known) == (after.label, pytest.approx(before.known, abs=0.02))
    assert after.confidence == pytest.approx(before.confidence, abs=0.02)


@pytest.mark.parametrize("data", [b"", b"no model", b"PK\x03\x04broken", b"\x80\x04]."])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="intent model"):
        IntentModel.from_bytes(data)


def test_one_example_each_is_enough_to_begin(vectors: Vectors) -> None:
    model = IntentModel.train(TEXTS[::8], LABELS[::8], CODES[::8], vectors[::8])
    assert model.read(["Where is my parcel?"], ["en"], vectors[:1])[0].label == "delivery"


def test_one_more_example_is_learned_from_where_the_last_model_stopped() -> None:
    chance = np.random.default_rng(1)
    labels = [f"need {number % 5}" for number in range(300)]
    texts = [f"sentence {number} about {label}" for number, label in enumerate(labels)]
    middles = chance.normal(size=(5, 384))
    found = middles[np.arange(300) % 5] + 2 * chance.normal(size=(300, 384))
    rows = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
    first = IntentModel.train(texts[:299], labels[:299], ["en"] * 299, rows[:299])
    later = IntentModel.train(texts, labels, ["en"] * 300, rows, after=first)
    anew = IntentModel.train(texts, labels, ["en"] * 300, rows)
    assert later.knowing is first.knowing
    assert (
        np.abs(
            later.probabilities(texts, ["en"] * 300, rows) - anew.probabilities(texts, ["en"] * 300, rows)
        ).max()
        < 0.1
    )
    another = IntentModel.train(texts, [*labels[:299], "new"], ["en"] * 300, rows, after=first)
    assert another.knowing is not first.knowing
    assert "new" in another.labels


def test_a_middle_is_taken_for_languages_without_examples(model: IntentModel, encoder: LocalEncoder) -> None:
    asked = ["Hvor er pakken min?", "Jeg vil ha pengene tilbake", "Når åpner dere?"]
    found = encoder.embed(asked, "query")
    at_home = model.at_home_in(found, ["nb"] * 3)
    assert np.array_equal(at_home.meaning.means["en"], model.meaning.means["en"])
    assert [one.label for one in at_home.read(asked, ["nb"] * 3, found)] == ["delivery", "refund", "hours"]


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read(model: IntentModel, vectors: Vectors, text: str) -> None:
    (found,) = model.read([text], ["und"], vectors[:1])
    assert np.isfinite(found.confidence)
    assert found.zone in ("act", "ask", "hand_over")


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("card_not-Working", "card not Working"),
        ("GetQuote", "Get Quote"),
        ("alarm/set_alarm", "alarm set alarm"),
        ("PIN_blocked", "PIN blocked"),
        ("退貨", "退貨"),
        ("??", "??"),
    ],
)
def test_a_label_is_read_as_words(label: str, said: str) -> None:
    assert spoken(label) == said


def test_a_huge_text_is_read_in_part(model: IntentModel, vectors: Vectors) -> None:
    assert model.read(["parcel " * 200_000], ["en"], vectors[:1])[0].label == "delivery"
