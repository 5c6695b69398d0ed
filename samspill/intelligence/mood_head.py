"""What the model hears: two small heads over a message's vector, learned from sentences written for this product.

The company's own corrections may be learned beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import yaml
from threadpoolctl import threadpool_limits

from samspill.intelligence.classify import Classifier
from samspill.intelligence.encoder import Vectors

TASKS = ("mood", "urgency")
MOODS = ("frustrated", "impatient", "neutral", "satisfied")
PRESSING = ("calm", "urgent")
LABELS = {"mood": MOODS, "urgency": PRESSING}
STRENGTH = {"mood": 1.0, "urgency": 4.0}  # a stronger fit knows our sentences better and strangers' worse
# mood: found on languages held out of the training, then halfway back to 1, because strangers' texts lie further from
# our sentences than our languages from each other; urgency: chosen, there is no public data to find it on
TEMPER = {"mood": 0.63, "urgency": 0.8}
COMMON = {"neutral": 2.0, "calm": 8.0}  # in real traffic so many times commoner than among our sentences


class Row(NamedTuple):
    """A sentence and how it should be read, of one task."""

    task: str
    text: str
    label: str
    language: str


@dataclass(frozen=True)
class Heads:
    """Both heads, and the mark of the company's rows they learned ('' for none)."""

    mood: Classifier
    urgency: Classifier
    learned: str = ""


def train(rows: Sequence[Row], vectors: Vectors, learned: str = "") -> Heads:
    """Both heads from rows and their vectors [n, 384]; the same input gives the same heads."""
    with threadpool_limits(1):  # on busy cores several threads of algebra wait for each other
        return Heads(_train("mood", rows, vectors), _train("urgency", rows, vectors), learned)


@cache
def shipped() -> tuple[Row, ...]:
    """The sentences of data/sentiment.yaml and data/urgency.yaml; a calm mood is no emergency either."""
    moods, pressing = _read("sentiment", "mood"), _read("urgency", "urgency")
    return (*moods, *pressing, *(Row("urgency", text, "calm", code) for _, text, _, code in moods))


def _read(name: str, task: str) -> list[Row]:
    return [
        Row(task, text, label, language)
        for language, labels in yaml.safe_load(sentences(name)).items()
        for label, texts in labels.items()
        for text in texts
    ]


def sentences(name: str) -> str:
    """The text of a shipped file of sentences."""
    return files("samspill.intelligence").joinpath(f"data/{name}.yaml").read_text("utf8")


def _train(task: str, rows: Sequence[Row], vectors: Vectors) -> Classifier:
    chosen = [at for at, row in enumerate(rows) if row.task == task]
    labels = [rows[at].label for at in chosen]
    languages = _languages([rows[at].language for at in chosen])
    own = vectors[chosen]
    head = Classifier.train(own, labels, languages, STRENGTH[task])
    temper = TEMPER[task]
    common = np.log([COMMON.get(label, 1.0) for label in head.labels])
    return replace(
        head,
        weights=(head.weights / temper).astype(np.float32),
        bias=(head.bias / temper + common).astype(np.float32),
    )


def _languages(codes: Sequence[str]) -> list[str]:
    """A language we ship nothing in is centred like the average one, not on its few own rows."""
    known = {row.language for row in shipped()}
    return [code if code in known else "" for code in codes]
