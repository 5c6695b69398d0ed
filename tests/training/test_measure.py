"""How often a model is right, language by language."""

import numpy as np
import pytest

from samspill.intelligence.intents import Reading
from samspill.training.measure import Known, accuracy_by_language, right
from samspill.training.sentence import fingerprint, keep


class Fixed:
    """Reads every sentence as its first word."""

    def read(self, texts, languages, vectors):
        return [Reading([(text.split()[0], 0.9)], 0.9) for text in texts]


def known(number: int, text: str, language: str, expected: str) -> Known:
    return Known(number, text, language, expected, np.zeros(384, np.float32))


def test_each_language_has_its_own_figures():
    rows = [known(1, "a b", "nb", "a"), known(2, "b c", "nb", "a"), known(3, "a c", "de", "a")]
    found = accuracy_by_language(Fixed(), rows)
    assert found["nb"] == {"accuracy": 0.5, "n": 2, "wrong": [2], "sure": 0.9}
    assert found["de"]["accuracy"] == 1


def test_nothing_to_measure_gives_no_figures():
    assert accuracy_by_language(Fixed(), []) == {}


@pytest.mark.parametrize(
    ("zone", "label", "good"),
    [("hand_over", "a", True), ("act", "a", False), ("ask", "a", False), ("act", "out_of_scope", True)],
)
def test_what_is_none_of_our_business_must_not_be_acted_on(zone, label, good):
    assert right("", Reading([(label, 0.5)], float(zone != "hand_over"))) is good


def test_a_sentence_is_kept_without_personal_data():
    kept = keep("  Min e-post er kari@example.com,\n ring 22 33 44 55 ")
    assert "kari@" not in kept
    assert "22 33" not in kept
    assert kept.startswith("Min e-post er [email 1]")


def test_case_and_signs_make_no_other_sentence():
    assert fingerprint("Hvor er pakken min?") == fingerprint("hvor er  pakken min")
    assert fingerprint("退貨") != fingerprint("換貨")
    assert fingerprint("👍") != fingerprint("👎")
