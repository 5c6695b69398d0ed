"""Questions, articles and which article answers which question, read from JSON Lines."""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from samspill.intelligence.chunks import split
from samspill.intelligence.encoder import Encoder, Vectors
from samspill.intelligence.search import Chunk, HybridIndex

Row = Mapping[str, Any]
Relevant = Mapping[str, set[str]]


def read_rows(path: Path) -> list[Row]:
    """One object a line; a name that ends in .gz is unpacked."""
    with (
        gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as file
    ):
        return [json.loads(line) for line in file if line.strip()]


def read_relevant(path: Path) -> dict[str, set[str]]:
    """Question id to article ids, from lines of question, article and relevance between tabs."""
    found: dict[str, set[str]] = {}
    for line in path.read_text("utf8").splitlines():
        question, article, *relevance = line.split("\t")
        if relevance != ["0"]:
            found.setdefault(question, set()).add(article)
    return found


@dataclass(frozen=True)
class Library:
    """A searchable corpus: article number n is row n."""

    index: HybridIndex
    names: list[str]
    language_of: Mapping[str, str]

    @property
    def languages(self) -> frozenset[str]:
        """Those there are articles in."""
        return frozenset(self.language_of.values())

    def languages_for(self, language: str) -> list[str] | None:
        """The asker's language if there are articles in it, else all."""
        return [language] if language in self.languages else None


def build_library(rows: Sequence[Row], encoder: Encoder) -> Library:
    """Cut, embed and index a corpus of {id, title, text, lang}."""
    passages = [(number, passage) for number, row in enumerate(rows) for passage in split(row["text"])]
    vectors = encoder.embed([passage for _, passage in passages], "passage").astype(np.float16)
    chunks = [
        Chunk(place, number, rows[number]["lang"], rows[number].get("title") or "", passage, vectors[place])
        for place, (number, passage) in enumerate(passages)
    ]
    names = [row["id"] for row in rows]
    return Library(HybridIndex.build(chunks), names, {row["id"]: row["lang"] for row in rows})


@dataclass(frozen=True)
class Question:
    """One question with its vector [384] and the articles that answer it."""

    text: str
    language: str
    vector: Vectors
    right: frozenset[str]


def questions(rows: Sequence[Row], encoder: Encoder, relevant: Relevant | None = None) -> list[Question]:
    """Embedded questions; those without an answer are left out when `relevant` is given."""
    known = relevant or {}
    kept = [row for row in rows if relevant is None or known.get(row["id"])]
    vectors = encoder.embed([row["text"] for row in kept], "query")
    return [
        Question(row["text"], row["lang"], vector, frozenset(known.get(row["id"], ())))
        for row, vector in zip(kept, vectors, strict=True)
    ]
