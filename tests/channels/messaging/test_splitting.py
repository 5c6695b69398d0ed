"""Texts are cut between words, never within a letter."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from samspill.channels.outgoing import split, utf16


@given(st.text(max_size=600), st.integers(20, 90))
def test_nothing_is_lost_and_everything_fits(text: str, most: int) -> None:
    pieces = split(text, most, utf16)
    assert all(0 < utf16(piece) <= most for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(st.lists(st.sampled_from(["👩‍👩‍👧", "🇳🇴", "é", "👍🏽", "a", "字", " ", "\n\n"]), max_size=80))
def test_no_letter_is_cut(letters: list[str]) -> None:
    for piece in split("".join(letters), 40, utf16):
        assert not unicodedata.combining(piece[0])
        assert piece[0] not in "\u200d\ufe0f🏽"
        assert piece[-1] != "\u200d"
        assert sum("\U0001f1e6" <= letter <= "\U0001f1ff" for letter in piece) % 2 == 0


def test_words_stay_whole() -> None:
    text = " ".join(f"ord{number}" for number in range(200))
    assert " ".join(split(text, 100)) == text
    assert all(piece.startswith("ord") for piece in split(text, 100))


def test_paragraphs_are_kept_together_where_they_fit() -> None:
    assert split("a" * 30 + "\n\n" + "b" * 30, 50) == ["a" * 30, "b" * 30]
