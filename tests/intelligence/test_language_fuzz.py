import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.intelligence.language import UNKNOWN, detect
from samspill.intelligence.letter_model import letter_model
from samspill.kit import languages

ANY_TEXT = st.text(st.characters(), max_size=300)  # with controls, private use and lone surrogates
SCRIPTS = st.text(
    "aåæøßéłğ абвщїқ αβγ ءبتپٹ אבג 一国國あア한 กข हि 🙂🏽👍 \u200f\u202e\u0000\ud800 .,!?", max_size=300
)
KNOWN = {UNKNOWN, *languages.NAMES, *languages.HEARD}


@given(ANY_TEXT | SCRIPTS, st.lists(st.sampled_from(sorted(KNOWN)), max_size=4))
@settings(deadline=None)
def test_any_text_has_an_answer_with_a_name(text: str, before: list[str]) -> None:
    found = detect(text, ("nb", "en"), before)
    assert {found.code, *found.also} <= KNOWN
    assert 0 <= found.confidence <= 1
    assert found.code not in found.also


@given(st.text("🙂🏽👍❤️🎉0123456789 -_#\t\n\u200d", max_size=100))
@settings(deadline=None)
def test_pictures_and_numbers_have_none(text: str) -> None:
    assert detect(text).code == UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "hei " * 250_000,
        "我" * 1_000_000,
        "\u202e\u0600" * 500_000,
        "a@" * 500_000,
        "A1-" * 333_333,
    ],
    ids=["letters", "words", "han", "rtl", "addresses", "codes"],
)
def test_a_megabyte_takes_no_longer(text: str) -> None:
    detect("warm up")
    start = time.process_time()
    detect(text)
    assert time.process_time() - start < 0.25


def test_every_language_of_the_model_has_a_name() -> None:
    assert set(letter_model().languages) <= KNOWN
