import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.intelligence.chunks import plain, split, tokens
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


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A line that\ngoes on.\n\nNext.", "A line that goes on.\nNext."),
        ("一行文字\n接著下去。", "一行文字接著下去。"),
        ("줄을\n바꾸다.", "줄을 바꾸다."),
        ("- one that\n  goes on\n- two", "• one that goes on\n• two"),
        ("Street 1  \nTown", "Street 1\nTown"),
        ("Street 1\\\nTown", "Street 1\nTown"),
        ("> said by\n> somebody", "said by somebody"),
        ("Title\n=====\nText.\n\n* * *\n\nMore.", "Title\nText.\nMore."),
        ("## Head\nText\ngoes on.", "Head\nText goes on."),
        ("| a | b |\n| c | d |", "| a | b |\n| c | d |"),
        ("```\na\nb\n```", "a\nb"),
    ],
)
def test_lines_go_on_as_readers_see_them(written: str, read: str) -> None:
    assert split(written) == [read]


def test_a_long_list_keeps_its_items() -> None:
    found = split("\n".join(f"- One. And {number} more of the same." for number in range(9)), limit=30)
    assert len(found) > 1
    items = [line for passage in found for line in passage.splitlines()]
    assert sum(line.startswith("•") for line in items) == sum(line.count("•") for line in items) == 9


def test_code_is_not_a_heading() -> None:
    assert split("```\n# ikke overskrift\n```") == ["# ikke overskrift"]


@given(st.text(st.sampled_from("ab # \n.。字*`|[](-"), max_size=2_000))
def test_no_passage_is_too_long_and_nothing_is_lost(text: str) -> None:
    found = split(text, limit=40)
    assert all(tokens(one) <= 60 for one in found)
    assert sum(one.count("字") for one in found) == plain(text).count("字")
