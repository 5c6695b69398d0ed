import pytest

from samspill.intelligence.evaluate_language import known_as, language, languages_in

ROWS = [
    {"text": "Hvor blir det av pakken min?", "lang": "nb"},
    {"text": "Jeg har ikke fått varen ennå", "lang": "no"},
    {"text": "Eg har ikkje fått vara enno", "lang": "nb"},
    {"text": "Wo bleibt denn meine Bestellung?", "lang": "de"},
    {"text": "Where on earth is my parcel?", "lang": "de"},
]


def test_counts_what_is_right_by_language_and_what_is_mixed_up() -> None:
    found = language(ROWS, languages_in(ROWS))
    assert (found["accuracy"], found["n"]) == (0.8, 5)
    assert found["lang"]["nb"] == {"accuracy": 1.0, "f1": 1.0, "n": 3}
    assert found["lang"]["de"] == {"accuracy": 0.5, "f1": 0.6667, "n": 2}
    assert found["macro_f1"] == pytest.approx(0.8333, abs=1e-3)
    assert found["confusions"] == [{"is": "de", "said": "en", "n": 1}]
    assert found["us_per_message"] > 0


def test_nynorsk_counts_apart_where_the_rows_have_it() -> None:
    rows = [ROWS[0], {"text": ROWS[2]["text"], "lang": "nn"}]
    assert set(language(rows)["lang"]) == {"nb", "nn"}


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("no", "nb"),
        ("nn-NO", "nn"),
        ("pt-BR", "pt"),
        ("zh-TW", "zh-Hant"),
        ("zh_CN", "zh-Hans"),
        ("gsw", "de"),
        ("de-ba", "de"),
    ],
)
def test_codes_of_data_sets_become_ours(theirs: str, ours: str) -> None:
    assert known_as(theirs) == ours


def test_nothing_to_measure_gives_noughts() -> None:
    assert language([])["accuracy"] == 0
