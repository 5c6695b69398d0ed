"""Answers a question with one to three sentences that stand in an article, or says that none does."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from samspill.intelligence.chunks import best_sentences
from samspill.intelligence.encoder import Vectors
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.terms import words
from samspill.knowledge.index import PUBLIC, library
from samspill.knowledge.search import Result, find
from samspill.knowledge.telling import told
from samspill.knowledge.vectors import quick_encoder

CANDIDATES = 4
NEIGHBOURS = 0.05  # too much said is easier to bear than the half that matters left out
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
    if not found or not found[0].certain:
        return Answer(candidates=found, confidence=found[0].confidence if found else 0.0)
    best = found[0]
    return Answer(
        text=_said(question, vector, [one.text for one in best.passages]),
        article=best.article,
        translation=best.translation,
        title=best.title,
        url=best.url,
        language=best.language,
        confidence=best.confidence,
        candidates=found,
    )


def _said(question: str, vector: Vectors | None, passages: list[str]) -> str:
    """The sentences that say it, from the one of the passages that holds the nearest one."""
    try:
        said = _near_in_meaning(vector, passages) if vector is not None else []
    except ModelUnavailable:
        said = []
    return _joined(said or _near_in_words(question, passages[0]))


def _near_in_meaning(vector: Vectors, passages: list[str]) -> list[str]:
    read = [(said, _sentence_vectors(said)) for said in map(told, passages) if said]
    if not read:
        return []
    lines, vectors = max(read, key=lambda one: float((one[1] @ vector).max()))
    return best_sentences(vector, lines, vectors, margin=NEIGHBOURS)


def _near_in_words(question: str, passage: str) -> list[str]:
    said, asked = told(passage), set(words(question))
    shared = [len(asked & set(words(sentence))) for sentence in said]
    return list(said[int(np.argmax(shared)) :][:2]) if said else []


def _joined(said: list[str]) -> str:
    return "\n".join(said) if any(one.startswith("•") for one in said) else _spaced(said)


def _spaced(said: list[str]) -> str:
    wide = any(one[-1:] in "。！？" for one in said)
    return ("" if wide else " ").join(said)


_kept: OrderedDict[tuple[str, ...], Vectors] = OrderedDict()
_keeping = Lock()


def _sentence_vectors(said: tuple[str, ...]) -> Vectors:
    known = _kept.get(said)
    if known is None:
        known = quick_encoder().embed(said, "passage")
        with _keeping:
            _kept[said] = known
            if len(_kept) > REMEMBERED:
                _kept.popitem(last=False)
    return known
