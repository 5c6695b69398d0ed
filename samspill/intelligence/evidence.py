"""What can be known, before answering, about whether the best article answers a question.

Every number here means the same in a knowledge base of ten articles and of ten thousand, in any
language, so that a judgement learned on one carries over to another.
"""

import numpy as np
from numpy.typing import NDArray

from samspill.intelligence.search import Lookup, Scores

Features = NDArray[np.float64]

CLOSE = 0.08

NAMES = (
    "cosine", "cosine_z", "cosine_gap", "centred", "centred_z", "centred_gap", "score_gap", "first_in",
    "words_covered", "pieces_covered", "words_share", "pieces_share", "words_gap", "pieces_gap",
    "terms", "articles", "ahead_of_five", "crowd",
)  # fmt: skip


def features(lookup: Lookup) -> Features:
    """float64 [len(NAMES)] for a lookup with a vector and at least one article."""
    best = int(lookup.ranking[0])
    rivals = _rivals(lookup, best)
    return np.array(
        [
            *_meaning(lookup, best, rivals),
            *_agreement(lookup, best, rivals),
            *_keywords(lookup, best, rivals),
            *_company(lookup, best, rivals),
        ]
    )


def _rivals(lookup: Lookup, best: int) -> list[int]:
    """The articles next in rank that say something else."""
    said = lookup.said(best)
    ranked = lookup.ranking[:20].tolist()
    return [article for article in ranked if article != best and lookup.said(article) != said]


def _meaning(lookup: Lookup, best: int, rivals: list[int]) -> list[float]:
    cosines, centred = lookup.cosines, lookup.centred
    return [
        float(cosines[best]),
        _deviation(cosines, best),
        _gap(cosines, best, rivals),
        float(centred[best]),
        _deviation(centred, best),
        _gap(centred, best, rivals),
    ]


def _company(lookup: Lookup, best: int, rivals: list[int]) -> list[float]:
    """Whether many articles say nearly the same."""
    near = lookup.centred[rivals[:5]] if rivals else np.zeros(1)
    crowd = (lookup.centred > lookup.centred[best] - CLOSE).sum() - 1
    return [float(lookup.centred[best] - near.mean()), float(np.log1p(crowd))]


def _agreement(lookup: Lookup, best: int, rivals: list[int]) -> list[float]:
    kinds = (lookup.words, lookup.letters, lookup.cosines, lookup.centred)
    first = sum(bool(kind[best] >= kind.max()) and bool(kind[best] > kind.min()) for kind in kinds)
    return [_gap(lookup.scores, best, rivals), float(first)]


def _keywords(lookup: Lookup, best: int, rivals: list[int]) -> list[float]:
    number, place = lookup.place(best)
    found, shelf = lookup.found[number], lookup.shelves[number]
    words, letters = found.stems, found.pieces
    most = [max(index.reach(terms), 1e-6) for index, terms in ((shelf.stems, words), (shelf.pieces, letters))]
    return [
        shelf.stems.covered(words, place),
        shelf.pieces.covered(letters, place),
        float(lookup.words[best]) / most[0],
        float(lookup.letters[best]) / most[1],
        _gap(lookup.words, best, rivals) / most[0],
        _gap(lookup.letters, best, rivals) / most[1],
        float(np.log1p(len(words))),
        float(np.log1p(len(lookup.scores))),
    ]


def _deviation(scores: Scores, best: int) -> float:
    return float((scores[best] - scores.mean()) / max(float(scores.std()), 1e-6))


def _gap(scores: Scores, best: int, rivals: list[int]) -> float:
    """How far the best article is ahead of the best one that says something else."""
    return float(scores[best] - scores[rivals].max()) if rivals else float(scores[best])
