"""What is seen when questions of several packs are put to each pack's articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samspill.intelligence.encoder import Encoder
from samspill.intelligence.evidence import features
from samspill.intelligence.packs import (
    Library,
    Question,
    Row,
    build_library,
    questions,
    read_relevant,
    read_rows,
)

# Rows of one pack and language that are used; more would only say the same again.
MOST = 300
PACKS = {
    "faq_tor": None,
    "faq_cwa": None,
    "faq_skatteetaten_nb": None,
    "retrieval_norquad_nb": None,
    "retrieval_drcd_zhtw": None,
    "retrieval_xquad": {"en", "de", "es", "zh-Hans", "zh-Hant"},
}
STRANGERS = 80


@dataclass(frozen=True)
class Pack:
    """A library and the questions people ask it."""

    name: str
    library: Library
    asked: list[Question]


@dataclass(frozen=True)
class Seen:
    """Evidence [n, features] for own questions, whether the best article was right, and for strange ones."""

    name: str
    own: NDArray[np.float64]
    right: NDArray[np.bool_]
    strange: NDArray[np.float64]


def load(folder: Path, name: str, encoder: Encoder) -> Pack:
    """Read and embed one pack; the first MOST questions of each language."""
    languages = PACKS[name]
    corpus = [
        row
        for row in read_rows(pack_file(folder / name, "corpus"))
        if not languages or row["lang"] in languages
    ]
    queries = [
        row
        for row in read_rows(pack_file(folder / name, "queries"))
        if not languages or row["lang"] in languages
    ]
    library = build_library(corpus, encoder)
    relevant = {
        query: {name for name in names if name in library.language_of}
        for query, names in read_relevant(folder / name / "qrels.tsv").items()
    }
    kept = [row for code in sorted({row["lang"] for row in queries}) for row in _first(queries, code)]
    asked = [question for question in questions(kept, encoder, relevant) if _fair(question, library)]
    return Pack(name, library, asked)


def pack_file(folder: Path, stem: str) -> Path:
    """The plain or the packed file of that name."""
    plain = folder / f"{stem}.jsonl"
    return plain if plain.exists() else plain.with_suffix(".jsonl.gz")


def _first(rows: Sequence[Row], language: str) -> list[Row]:
    return [row for row in rows if row["lang"] == language][:MOST]


def _fair(question: Question, library: Library) -> bool:
    return any(library.language_of[name] == question.language for name in question.right)


def observe(pack: Pack, others: Sequence[Pack]) -> Seen:
    """Put a pack's own and the other packs' questions to its articles."""
    own = [_evidence(pack.library, question) for question in pack.asked]
    right = [
        pack.library.names[number] in question.right
        for (_, number), question in zip(own, pack.asked, strict=True)
    ]
    strange = [_evidence(pack.library, question)[0] for question in _strangers(pack, others)]
    return Seen(pack.name, np.array([row for row, _ in own]), np.array(right), np.array(strange))


def _strangers(pack: Pack, others: Sequence[Pack]) -> list[Question]:
    found: list[Question] = []
    for other in others:
        if other.name != pack.name:
            near = [one for one in other.asked if one.language in pack.library.languages]
            found += (near or other.asked)[:: max(1, len(near or other.asked) // STRANGERS)]
    return found


def _evidence(library: Library, question: Question) -> tuple[NDArray[np.float64], int]:
    languages = library.languages_for(question.language)
    lookup = library.index.look_up(question.text, question.vector, languages)
    return features(lookup), lookup.passage(int(lookup.ranking[0])).article
