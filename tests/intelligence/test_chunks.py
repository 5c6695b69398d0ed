import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.intelligence.chunks import best_sentences, plain, split, tokens
from samspill.intelligence.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi svarer f.eks. kl. 9. Takk! Hei.", ["Vi svarer f.eks. kl. 9. Takk!", "Hei."]),
        ("Es kostet z. B. 5 Euro. Am 3. Mai kommt es.", ["Es kostet z. B. 5 Euro.", "Am 3. Mai kommt es."]),
        ("It costs 3.50 USD. OK? Yes.", ["It costs 3.50 USD.", "OK?", "Yes."]),
        ("我們三天內寄出。「好的。」謝謝！", ["我們三天內寄出。", "「好的。」", "謝謝！"]),
        ("どこですか？ここです。", ["どこですか？", "ここです。"]),
        ("• Åpne appen\n• Velg retur", ["• Åpne appen", "• Velg retur"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_section_keeps_its_heading() -> None:
    words = "Du kan sende varen tilbake innen tretti dager. " * 5
    found = split(f"# Retur\n\n{words}\n\n## Bytte\n\n{words}")
    assert [one.splitlines()[0] for one in found] == ["Retur", "Bytte"]


def test_small_sections_are_joined() -> None:
    assert split("# A\n\nKort.\n\n# B\n\nOgså kort.") == ["A\nKort.\nB\nOgså kort."]


def test_marks_are_gone() -> None:
    assert plain("Se **her**: [Min side](https://x.no) ![bilde](a.png) `kode` file_name") == (
        "Se her: Min side bilde kode file_name"
    )


def test_code_is_not_a_heading() -> None:
    assert split("```\n# ikke overskrift\n```") == ["# ikke overskrift"]


@given(st.text(st.sampled_from("ab # \n.。字*`|[](-"), max_size=2_000))
def test_no_passage_is_too_long_and_nothing_is_lost(text: str) -> None:
    found = split(text, limit=40)
    assert all(tokens(one) <= 60 for one in found)
    assert sum(one.count("字") for one in found) == plain(text).count("字")


def test_best_sentences_takes_near_neighbours() -> None:
    vectors = np.eye(4, dtype=np.float32)
    query = np.array([0.1, 0.9, 0.89, 0.2], np.float32)
    assert best_sentences(query, ["a", "b", "c", "d"], vectors) == ["b", "c"]
    assert best_sentences(query, [], vectors[:0]) == []
