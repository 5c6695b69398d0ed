"""How good search and answers are on somebody's questions, as numbers."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from samspill.intelligence.confidence import Confidence, shipped
from samspill.intelligence.encoder import Encoder
from samspill.intelligence.packs import (
    Library,
    Question,
    Relevant,
    Row,
    build_library,
    questions,
)
from samspill.intelligence.search import Lookup, Scores, stretched

DEPTH = 10
CURVE = tuple(round(0.05 * step, 2) for step in range(20))


def retrieval(
    corpus: Sequence[Row], queries: Sequence[Row], relevant: Relevant, encoder: Encoder
) -> dict[str, Any]:
    """MRR@10 and recall@5 of the hybrid, whole and by language.

    Beside it stand BM25 alone, embeddings alone (`dense`) and their plain min-max `sum`.
    """
    library = build_library(corpus, encoder)
    ranks: dict[str, list[tuple[str, int]]] = {name: [] for name in ("hybrid", "sum", "bm25", "dense")}
    for question in _answerable(questions(queries, encoder, relevant), library):
        lookup = _look_up(library, question)
        for name, order in _orders(lookup).items():
            ranks[name].append((question.language, _rank(library, lookup, order, question)))
    figures = {name: _by_language(found) for name, found in ranks.items()}
    return figures.pop("hybrid") | figures


def _answerable(asked: Iterable[Question], library: Library) -> list[Question]:
    """Questions with a right article among those that will be searched."""
    language_of = library.language_of
    return [
        question
        for question in asked
        if any(
            question.language not in library.languages or language_of.get(name) == question.language
            for name in question.right
        )
    ]


def _look_up(library: Library, question: Question) -> Lookup:
    languages = library.languages_for(question.language)
    return library.index.look_up(question.text, question.vector, languages)


def _orders(lookup: Lookup) -> dict[str, Scores]:
    summed = stretched(lookup.words) + stretched(lookup.cosines)
    return {"hybrid": lookup.scores, "sum": summed, "bm25": lookup.words, "dense": lookup.cosines}


def _rank(library: Library, lookup: Lookup, scores: Scores, question: Question) -> int:
    """Place of the first right article, from 1; 0 when it is not among the first ten."""
    for place, article in enumerate(np.argsort(-scores, kind="stable")[:DEPTH], 1):
        if library.names[lookup.passage(int(article)).article] in question.right:
            return place
    return 0


def _by_language(found: Sequence[tuple[str, int]]) -> dict[str, Any]:
    languages = sorted({language for language, _ in found})
    parts = {code: _figures([rank for language, rank in found if language == code]) for code in languages}
    return {**_figures([rank for _, rank in found]), "lang": parts}


def _figures(ranks: Sequence[int]) -> dict[str, float]:
    count = len(ranks)
    return {
        "mrr10": round(sum(1 / rank for rank in ranks if rank) / max(count, 1), 4),
        "recall5": round(sum(1 <= rank <= 5 for rank in ranks) / max(count, 1), 4),
        "n": count,
    }


def answers(
    corpus: Sequence[Row],
    queries: Sequence[Row],
    relevant: Relevant,
    encoder: Encoder,
    unanswerable: Sequence[Row] = (),
    confidence: Confidence | None = None,
) -> dict[str, Any]:
    """Shares of questions answered correctly, wrongly and not at all, by language and over thresholds.

    `unanswerable` are questions of another subject; `unanswerable_answered` should be near 0.
    """
    library, judge = build_library(corpus, encoder), confidence or shipped()
    asked = _answerable(questions(queries, encoder, relevant), library)
    outcomes = [(question.language, *_outcome(library, question, judge)) for question in asked]
    strange = [_outcome(library, question, judge)[0] for question in questions(unanswerable, encoder)]
    return {
        "threshold": judge.threshold,
        **_shares(outcomes, strange, judge.threshold),
        "lang": _each_language(outcomes, lambda part: _shares(part, [], judge.threshold)),
        "curve": [{"threshold": limit, **_shares(outcomes, strange, limit)} for limit in CURVE],
    }


def _outcome(library: Library, question: Question, judge: Confidence) -> tuple[float, bool]:
    """How sure, and whether the best article is right."""
    lookup = _look_up(library, question)
    if not len(lookup.ranking):
        return 0.0, False
    best = lookup.passage(int(lookup.ranking[0]))
    return judge.of(lookup), library.names[best.article] in question.right


Outcome = tuple[str, float, bool]


def _each_language(
    outcomes: Sequence[Outcome], figures: Callable[[Sequence[Outcome]], dict[str, Any]]
) -> dict[str, Any]:
    codes = sorted({code for code, _, _ in outcomes})
    return {code: figures([one for one in outcomes if one[0] == code]) for code in codes}


def _shares(outcomes: Sequence[Outcome], strange: Sequence[float], limit: float) -> dict[str, Any]:
    count = max(len(outcomes), 1)
    right = sum(right and sure >= limit for _, sure, right in outcomes) / count
    wrong = sum(not right and sure >= limit for _, sure, right in outcomes) / count
    found: dict[str, Any] = {
        "answered_correctly": round(right, 4),
        "wrong": round(wrong, 4),
        "abstained": round(1 - right - wrong, 4),
        "n": len(outcomes),
    }
    if strange:
        found["unanswerable_answered"] = round(sum(sure >= limit for sure in strange) / len(strange), 4)
    return found
