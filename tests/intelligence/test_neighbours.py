from dataclasses import replace

import numpy as np

from samspill.intelligence.intents import IntentModel
from samspill.intelligence.neighbours import LEAST, MOST, Neighbours

CHANCE = np.random.default_rng(7)
SPOTS = CHANCE.normal(size=(2, 3, 384)).astype(np.float32)  # two labels of three far spots each
CLASSES = np.repeat([0, 1], 30)
ROWS = (SPOTS.reshape(6, 384).repeat(10, 0) + 0.3 * CHANCE.normal(size=(60, 384))).astype(np.float32)


def scores(neighbours: Neighbours, rows: np.ndarray, labels: int = 2) -> np.ndarray:
    return neighbours.scores(rows, np.zeros((len(rows), labels), np.float32))[0]


def test_what_lies_near_an_example_shares_its_label() -> None:
    found = scores(Neighbours.train(ROWS, CLASSES), SPOTS.reshape(6, 384))
    assert found.argmax(1).tolist() == [0, 0, 0, 1, 1, 1]
    assert np.exp(found).sum(1).max() <= 1 + 2 * LEAST


def test_only_likely_labels_are_looked_at() -> None:
    classes = np.arange(60) % 20
    likely = np.zeros((1, 20), np.float32)
    likely[0, classes[0]] = -9.0
    found, _ = Neighbours.train(ROWS, classes).scores(ROWS[:1], likely)
    assert found[0, classes[0]] == np.float32(np.log(LEAST))


def test_of_a_label_with_many_examples_some_are_kept() -> None:
    many = Neighbours.train(ROWS.repeat(20, 0), CLASSES.repeat(20))
    assert many.ends.tolist() == [MOST, 2 * MOST]
    assert many.rows.dtype == np.int8


def test_neighbours_part_what_no_straight_line_can() -> None:
    # each label lies in two opposite directions
    north, east = 3 * CHANCE.normal(size=(2, 384))
    rows = np.tile([north, east, -north, -east], (60, 1)) + CHANCE.normal(size=(240, 384))
    texts, labels = (
        [f"sentence {number}" for number in range(240)],
        ["north and south", "east and west"] * 120,
    )
    model = IntentModel.train(texts[:200], labels[:200], ["en"] * 200, rows[:200].astype(np.float32))
    deaf = replace(model, knowing=replace(model.knowing, trust=0.0))
    right = [
        np.mean([one.label == label for one, label in zip(found, labels[200:], strict=True)])
        for found in (each.read(texts[200:], ["en"] * 40, rows[200:]) for each in (model, deaf))
    ]
    assert right[0] > 0.75 > 0.65 > right[1]


def test_a_model_of_an_earlier_version_reads_on() -> None:
    labels = [f"label {one}" for one in CLASSES]
    texts = [f"sentence {number}" for number in range(60)]
    model = IntentModel.train(texts, labels, ["en"] * 60, ROWS)
    assert not any(part.any() for part in Neighbours.of({}).scores(ROWS, np.zeros((60, 2))))
    old = model.knowing.of({"values": np.array([0.9, 2.0, 1.0, 80.0, 30.0, 60.0])})
    seen = model.look(texts, ["en"] * 60, ROWS)
    assert np.array_equal(old.known(seen), old.known(seen._replace(energy=seen.energy - 300)))
