"""The figures are those of a hand count, whatever way the pieces are marked."""

import json
from pathlib import Path

import pytest

from samspill.intelligence.entities.told import entities_of, from_json
from samspill.intelligence.evaluate_entities import evaluate
from samspill.intelligence.marks import marks_of

TEXT = "Kom i morgen kl 3, jeg heter Kari Nordmann"
ROWS = [
    {"text": TEXT, "lang": "nb", "entities": [
        {"kind": "datetime", "start": 4, "end": 17, "value": "2026-03-12T15:00"},
        {"label": "name", "start": 29, "end": 42},
    ]},
    {"text": "I morgen er fint", "lang": "nb", "entities": [{"kind": "name", "start": 0, "end": 1}]},
    {"text": "nothing here", "lang": "en", "entities": []},
]  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "test.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS), "utf-8")
    return path


def test_the_figures_are_those_of_a_hand_count(file: Path) -> None:
    found = evaluate("entities", file, now="2026-03-11T10:00:00+01:00")
    assert found["kind"]["datetime"]["f1"] == 1.0
    assert found["kind"]["datetime"]["value_accuracy"] == 1.0
    assert (found["kind"]["name"]["precision"], found["kind"]["name"]["recall"]) == (1.0, 0.5)
    assert (found["n"], found["rows"]) == (3, 3)
    assert found["lang"]["nb"]["recall"] == pytest.approx(2 / 3, abs=1e-3)


def test_personal_data_is_measured_alike(file: Path) -> None:
    assert evaluate("pii", file)["kind"]["name"]["n"] == 2


def test_a_moment_counts_as_day_and_hour_where_those_are_marked(tmp_path: Path) -> None:
    path = tmp_path / "parts.jsonl"
    marks = [{"slot": "date", "start": 4, "end": 12}, {"slot": "time", "start": 13, "end": 17}]
    path.write_text(json.dumps({"text": "Kom i morgen kl 3", "lang": "nb", "labels": marks}), "utf-8")
    found = evaluate("entities", path)
    assert found["f1"] == 1.0


@pytest.mark.parametrize(
    "given",
    [
        {"entities": [{"kind": "name", "start": 5, "end": 9}]},
        {"labels": [{"slot": "first_name", "start": 5, "end": 9, "value": "Kari"}]},
        {"slots": {"person_name": "Kari"}, "labels": ["greet"]},
        {"slots": {"person": {"text": "Kari"}}},
        {"entities": [{"type": "name", "text": "Kari"}]},
    ],
)
def test_every_way_of_marking(given: dict[str, object]) -> None:
    assert [(m.kind, m.start, m.end) for m in marks_of({"text": "I am Kari", **given})] == [("name", 5, 9)]


def test_entities_travel_as_json() -> None:
    reader = {"language": "nb", "now": "2026-03-11T10:00:00+01:00"}
    told = json.loads(json.dumps(entities_of(TEXT, reader)))
    assert [one.kind for one in from_json(told)] == ["datetime", "name"]
