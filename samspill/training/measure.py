"""How often an intent model is right on sentences whose meaning is known. Reads no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.intents import Reading

NOTHING = ""  # what is expected of a sentence that is no business of ours
STRANGE = "out_of_scope"  # the label that says the same


@dataclass(frozen=True)
class Known:
    """A sentence, its vector [384] as a query, and the label it should get; "" for none of ours."""

    id: int
    text: str
    language: str
    expected: str
    vector: Vectors


class Reads(Protocol):
    """Whatever reads sentences as `IntentModel` does."""

    def read(self, texts: Sequence[str], languages: Sequence[str], vectors: Vectors) -> list[Reading]:
        """One reading a text."""
        ...


def accuracy_by_language(model: Reads, rows: Sequence[Known]) -> dict[str, dict[str, Any]]:
    """{language: {"accuracy": 0 to 1, "n": rows, "wrong": [ids], "sure": mean confidence}}, {} for no rows."""
    if not rows:
        return {}
    texts, languages = [row.text for row in rows], [row.language for row in rows]
    readings = model.read(texts, languages, np.stack([row.vector for row in rows]))
    found = list(zip(rows, readings, strict=True))
    codes = sorted(set(languages))
    return {code: _figures([(row, one) for row, one in found if row.language == code]) for code in codes}


def _figures(found: Sequence[tuple[Known, Reading]]) -> dict[str, Any]:
    wrong = [row.id for row, reading in found if not right(row.expected, reading)]
    return {
        "accuracy": round(1 - len(wrong) / len(found), 4),
        "n": len(found),
        "wrong": wrong,
        "sure": round(float(np.mean([reading.confidence for _, reading in found])), 4),
    }


def right(expected: str, reading: Reading) -> bool:
    """Whether a reading is what was expected; what is none of our business must not be acted on."""
    if expected in (NOTHING, STRANGE):
        return reading.zone == "hand_over" or reading.label == STRANGE
    return reading.label == expected
