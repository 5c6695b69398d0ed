import pytest

from samspill.care.names import levelled, same_person

SAME = [
    ("Ingrid Berg", "Berg, Ingrid"), ("Jürgen Groß", "Juergen Gross"), ("Åse Østby", "Aase Oestby"),
    ("José Álvarez", "Jose Alvarez"), ("Юлия Иванова", "Yuliya Ivanova"), ("Herr Dr. Max Vogt", "max vogt"),
    ("陳怡君", "陳 怡君"),
]  # fmt: skip
SIMILAR = [
    ("Ingrid Berg", "I. Berg"),
    ("Bob Miller", "Robert Miller"),
    ("Kari Anne Lie", "Kari Lie"),
    ("Katrin Voss", "Katharina Voss"),
]
DIFFERENT = [
    ("Ingrid Berg", "Ola Berg"),
    ("Ola Moen", "Ola Lien"),
    ("陳怡君", "林怡君"),
    ("Jan Berg", "Siv Dahl"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_name(one: str, other: str) -> None:
    assert same_person(levelled(one), levelled(other)) == "same_name"


@pytest.mark.parametrize(("one", "other"), SIMILAR)
def test_a_form_of_the_same_name(one: str, other: str) -> None:
    assert same_person(levelled(one), levelled(other)) == "similar_name"


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_name(one: str, other: str) -> None:
    assert same_person(levelled(one), levelled(other)) == "names_differ"


def test_no_name_says_nothing() -> None:
    assert same_person(levelled(""), levelled("Ingrid Berg")) == ""
