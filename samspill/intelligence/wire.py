"""What the model server and its clients say to each other over the Unix socket."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from samspill.intelligence.encoder import DIMENSIONS, Vectors, nothing
from samspill.intelligence.mood_head import LABELS, Row

MAX_TEXTS = 64
MAX_BODY = 2_000_000
MAX_EXPECTED = 32
ENCODER = "X-Encoder"  # names whose vectors an answer holds


@dataclass(frozen=True)
class Analysis:
    """One message understood in one hop; `vector` is float32 [384], the embedding as a query.

    `moods` are four scores adding up to 1, `reasons` what moved them as {kind, words, moves, by}.
    """

    language: str
    language_confidence: float
    sentiment: str
    negative: float
    neutral: float
    positive: float
    vector: Vectors
    mood: str = ""
    moods: dict[str, float] = field(default_factory=dict)
    urgency: float | None = None
    reasons: list[dict[str, Any]] = field(default_factory=list)
    parts: Vectors = field(default_factory=nothing)  # [n, 384] of the texts that were asked about beside it


def pack(vectors: Vectors) -> bytes:
    """Rows of little-endian float32."""
    return vectors.astype("<f4").tobytes()


def unpack(body: bytes) -> Vectors:
    """float32 [n, 384] from `pack`; raises ValueError on a cut body."""
    return np.frombuffer(body, "<f4").reshape(-1, DIMENSIONS).astype(np.float32)


def to_json(analysis: Analysis) -> dict[str, Any]:
    """A JSON object with the vectors in base64."""
    told = {one.name: getattr(analysis, one.name) for one in fields(analysis)}
    vectors = {name: base64.b64encode(pack(told[name])).decode() for name in ("vector", "parts")}
    return told | vectors


def from_json(found: dict[str, Any]) -> Analysis:
    """The other way round, past what we do not know; raises KeyError, TypeError or ValueError on anything else."""
    known = {one.name: found[one.name] for one in fields(Analysis) if one.name in found}
    vector, parts = (unpack(base64.b64decode(found.get(name, ""))) for name in ("vector", "parts"))
    if len(vector) != 1:
        raise ValueError("expected one vector")
    return Analysis(**known | {"vector": vector[0], "parts": parts})


def rows_of(value: object, limit: int) -> list[Row]:
    """At most `limit` rows of a task we learn and one of its labels, or ValueError."""
    if not isinstance(value, list) or len(value) > limit:
        raise ValueError(f"expected a list of at most {limit} rows")
    rows = [Row(*texts_of(one, len(Row._fields))) for one in value]
    if any(row.label not in LABELS.get(row.task, ()) for row in rows):
        raise ValueError("expected rows of task, text, label and language")
    return rows


def texts_of(value: object, limit: int) -> list[str]:
    """A list of at most `limit` strings, or ValueError."""
    if not isinstance(value, list) or len(value) > limit or not all(isinstance(one, str) for one in value):
        raise ValueError(f"expected a list of at most {limit} texts")
    return value


def portions(texts: Sequence[str]) -> list[Sequence[str]]:
    """Texts in portions the server accepts."""
    return [texts[at : at + MAX_TEXTS] for at in range(0, len(texts), MAX_TEXTS)]
