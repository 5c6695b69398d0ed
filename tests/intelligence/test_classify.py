from pathlib import Path

import numpy as np
import pytest

from samspill.intelligence.classify import Classifier
from samspill.intelligence.local_encoder import LocalEncoder

EXAMPLES = {
    "delivery": ["Where is my parcel?", "When will it arrive?", "Track my order", "My package is late"],
    "refund": ["I want my money back", "How do I return this?", "Refund please", "Can I send it back?"],
    "hours": [
        "When do you open?",
        "Opening hours on Sunday",
        "Are you open today?",
        "What time do you close?",
    ],
}


@pytest.fixture(scope="module")
def classifier(encoder: LocalEncoder) -> Classifier:
    texts = [text for group in EXAMPLES.values() for text in group]
    labels = [label for label, group in EXAMPLES.items() for _ in group]
    return Classifier.train(encoder.embed(texts, "query"), labels, ["en"] * len(texts))


def test_learns_in_english_and_understands_norwegian(classifier: Classifier, encoder: LocalEncoder) -> None:
    vectors = encoder.embed(["Hvor er pakken?", "Jeg vil ha pengene tilbake", "Når åpner dere?"], "query")
    best = classifier.probabilities(vectors).argmax(1)
    assert [classifier.labels[number] for number in best] == ["delivery", "refund", "hours"]


def test_is_the_same_after_a_round_to_disk(
    classifier: Classifier, encoder: LocalEncoder, tmp_path: Path
) -> None:
    classifier.save(tmp_path / "intents.npz")
    vectors = encoder.embed(["Track it", "returns"], "query")
    loaded = Classifier.load(tmp_path / "intents.npz")
    assert np.array_equal(
        loaded.probabilities(vectors, ["en", "nb"]), classifier.probabilities(vectors, ["en", "nb"])
    )


def test_two_classes_give_two_columns(encoder: LocalEncoder) -> None:
    vectors = encoder.embed(["yes", "yes please", "no", "no thanks"], "query")
    two = Classifier.train(vectors, ["yes", "yes", "no", "no"])
    values = two.probabilities(vectors)
    assert two.labels == ("no", "yes")
    assert (values.argmax(1) == [1, 1, 0, 0]).all()
    assert np.allclose(values.sum(1), 1)


def test_a_pickle_is_not_opened(tmp_path: Path) -> None:
    np.savez(tmp_path / "bad.npz", labels=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match="pickle"):
        Classifier.load(tmp_path / "bad.npz")
