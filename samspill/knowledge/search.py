"""Finds articles by words and by meaning, in any language, and shows them in the reader's."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from samspill.intelligence.encoder import Vectors
from samspill.knowledge.index import PUBLIC, Library, library
from samspill.knowledge.passages import QUESTIONS_FROM
from samspill.workspace.current import workspace

SNIPPET = 170
HITS_PER_ARTICLE = 8  # languages × passages of one article that may stand before the next article


@dataclass(frozen=True)
class Result:
    """One article that fits, in the language its reader understands best. `score` ranks, `confidence` is 0 … 1."""

    article: int
    translation: int
    language: str
    title: str
    url: str
    snippet: str
    score: float
    confidence: float
    row: int  # of the passage shown, in the library it was found in


def search(
    text: str, language: str, limit: int = 8, vector: Vectors | None = None, audience: str = PUBLIC
) -> list[Result]:
    """The articles nearest to `text`, best first. Without its vector [384] the words alone decide."""
    return find(library(audience), text, language, limit, vector)


def find(shelf: Library, text: str, language: str, limit: int, vector: Vectors | None) -> list[Result]:
    """The same in a library held by the caller, so that rows keep their meaning."""
    if not shelf.passages or not text.strip():
        return []
    hits = shelf.index.search(shelf.spelling.repair(text), vector, limit * HITS_PER_ARTICLE)
    best: dict[int, tuple[int, float]] = {}
    for hit in hits:
        best.setdefault(shelf.passages[hit.row].article, (hit.row, hit.score))
    wishes = (language, "en", workspace().language)
    found = list(best.values())[:limit]
    return [_result(shelf, row, score, 0.0, wishes, vector) for row, score in found]


def _result(
    shelf: Library, row: int, score: float, confidence: float, wishes: tuple[str, ...], vector: Vectors | None
) -> Result:
    article = shelf.passages[row].article
    texts = shelf.of_article[article]
    found_in = shelf.passages[row].language
    language = next((wish for wish in wishes if wish in texts), found_in)
    rows = texts[language]
    shown = _best_row(shelf, rows, row, vector)
    return Result(
        article=article,
        translation=shelf.passages[rows[0]].translation,
        language=language,
        title=shelf.passages[rows[0]].text,
        url=f"/help/{language}/a/{shelf.slugs[article]}/",
        snippet=_short(shelf.passages[shown].text),
        score=score,
        confidence=confidence,
        row=shown,
    )


def _best_row(shelf: Library, rows: list[int], hit: int, vector: Vectors | None) -> int:
    """The passage of the text that says it: never the title or a linked question, which only led there."""
    said = [row for row in rows if 0 < shelf.passages[row].position < QUESTIONS_FROM] or rows[:1]
    if vector is not None and shelf.vectors[said].any():
        return said[int(np.argmax(shelf.vectors[said] @ vector))]
    if hit in said:
        return hit
    alike = (row for row in said if shelf.passages[row].position == shelf.passages[hit].position)
    return next(alike, said[0])


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= SNIPPET else one_line[: SNIPPET - 1].rsplit(" ", 1)[0] + "…"
