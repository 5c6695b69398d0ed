"""Answers a question with one to three sentences that stand in an article, or says that none does."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from samspill.intelligence.chunks import best_sentences
from samspill.intelligence.encoder import Vectors
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.sentences import sentences
from samspill.knowledge.index import PUBLIC, library
from samspill.knowledge.search import Result, find
from samspill.knowledge.spelling import words
from samspill.knowledge.vectors import quick_encoder

CANDIDATES = 4
REMEMBERED = 2_000  # passages whose sentences keep their vectors in memory


@dataclass(frozen=True)
class Answer:
    """Sentences taken word for word from one article. Without `text` nothing answers; `candidates` may help."""

    text: str = ""
    article: int = 0
    translation: int = 0
    title: str = ""
    url: str = ""
    language: str = ""
    confidence: float = 0.0
    candidates: list[Result] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.text)


def find_answer(
    question: str, language: str, vector: Vectors | None = None, audience: str = PUBLIC
) -> Answer:
    """What the articles say to `question`, in `language` where that text exists. Falsy below the threshold."""
    shelf = library(audience)
    found = find(shelf, question, language, CANDIDATES, vector)
    if not found or found[0].confidence < shelf.threshold:
        return Answer(candidates=found, confidence=found[0].confidence if found else 0.0)
    best = found[0]
    return Answer(
        text=_said(question, vector, shelf.passages[best.row].text),
        article=best.article,
        translation=best.translation,
        title=best.title,
        url=best.url,
        language=best.language,
        confidence=best.confidence,
        candidates=found,
    )


def _said(question: str, vector: Vectors | None, passage: str) -> str:
    all_of_it = sentences(passage)
    near = _near_in_meaning(vector, passage, all_of_it) or _near_in_words(question, all_of_it)
    return " ".join(near)


def _near_in_meaning(vector: Vectors | None, passage: str, all_of_it: list[str]) -> list[str]:
    if vector is None:
        return []
    try:
        return best_sentences(vector, all_of_it, _sentence_vectors(passage, all_of_it))
    except ModelUnavailable:
        return []


def _near_in_words(question: str, all_of_it: list[str]) -> list[str]:
    asked = set(words(question))
    shared = [len(asked & set(words(sentence))) for sentence in all_of_it]
    return all_of_it[int(np.argmax(shared)) :][:2] if all_of_it else []


_kept: OrderedDict[str, Vectors] = OrderedDict()
_keeping = Lock()


def _sentence_vectors(passage: str, all_of_it: list[str]) -> Vectors:
    known = _kept.get(passage)
    if known is None:
        known = quick_encoder().embed(all_of_it, "passage")
        with _keeping:
            _kept[passage] = known
            if len(_kept) > REMEMBERED:
                _kept.popitem(last=False)
    return known
